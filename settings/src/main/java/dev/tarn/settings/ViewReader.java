package dev.tarn.settings;

import dev.tarn.settings.EngineSettings.EmbeddedEngine;
import dev.tarn.settings.KafkaSettings.EmbeddedKafka;
import dev.tarn.settings.RegistrySettings.EmbeddedRegistry;
import dev.tarn.settings.StorageSettings.DirectoryStorage;
import dev.tarn.settings.StorageSettings.EmbeddedStorage;
import dev.tarn.settings.StorageSettings.ObjectStorage;
import dev.tarn.settings.read.Names;
import dev.tarn.settings.read.Place;
import dev.tarn.settings.read.Problems;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.read.YamlMap;
import dev.tarn.settings.read.YamlValue;
import dev.tarn.settings.secret.Options;
import dev.tarn.settings.source.SourceSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one view of lake.yaml: its own keys, or those with the overrides of one profile. */
final class ViewReader {
    private static final String EMBEDDED = "embedded";

    private final Path directory;
    private final ValueReader values;
    private final Problems problems;

    ViewReader(Path directory, ValueReader values, Problems problems) {
        this.directory = directory;
        this.values = values;
        this.problems = problems;
    }

    LakeSettings read(YamlMap view, List<SourceSettings> sources) {
        ServiceReader services = new ServiceReader(values);
        EngineSettings engine = view.read("engine", new EmbeddedEngine(), services::engine);
        return new LakeSettings(
                directory,
                view.find("name")
                        .map(value -> values.text(value, "unread", Names::name))
                        .orElseGet(this::directoryName),
                view.read("storage", new EmbeddedStorage(), this::storage),
                view.read("kafka", new EmbeddedKafka(), new KafkaReader(values)::read),
                view.read("registry", new EmbeddedRegistry(), services::registry),
                services.catalog(view, engine),
                engine,
                view.read("limits", LimitSettings.DEFAULT, this::limits),
                view.read("memory", MemorySettings.DEFAULT, this::memory),
                view.read("sql", SqlSettings.DEFAULT, this::sql),
                view.read("schemas", SchemaSettings.DEFAULT, this::schemas),
                sources);
    }

    private String directoryName() {
        String name = String.valueOf(directory.getFileName());
        try {
            return Names.name(name);
        } catch (IllegalArgumentException e) {
            problems.add(
                    new Place("lake.yaml", 0),
                    "the directory's name '" + name + "' cannot be the lake's name, which " + e.getMessage()
                            + "; write another one under name:");
            return "unread";
        }
    }

    private StorageSettings storage(YamlValue value) {
        StorageSettings embedded = new EmbeddedStorage();
        if (value.isMap()) {
            return value.map(LakeKeys.STORAGE)
                    .map(storage -> objects(value, storage, embedded))
                    .orElse(embedded);
        }
        return values.wordOrText(
                value, embedded, Map.of(EMBEDDED, embedded), text -> StorageSettings.parse(text, directory));
    }

    private StorageSettings objects(YamlValue value, YamlMap storage, StorageSettings embedded) {
        StorageSettings place = storage.require(
                "url",
                embedded,
                "write url: \"s3a://bucket/prefix\"",
                url -> values.text(url, embedded, text -> StorageSettings.parse(text, directory)));
        Options options = storage.read("options", Options.none(), given -> values.options(given, Set.of()));
        options.reveal().keySet().stream()
                .filter(key -> !key.startsWith("fs.s3a."))
                .forEach(key -> value.problem("storage.options take those of fs.s3a alone, not '" + key + "'"));
        if (place instanceof ObjectStorage bucket) {
            return new ObjectStorage(bucket.url(), options);
        }
        if (place instanceof DirectoryStorage) {
            value.problem("storage.url must be s3a://bucket/prefix here; a path is written as storage: ./data");
        }
        return embedded;
    }

    private LimitSettings limits(YamlValue value) {
        LimitSettings unwritten = LimitSettings.DEFAULT;
        return value.map(LakeKeys.LIMITS)
                .map(limits -> new LimitSettings(
                        limits.read("free-disk", unwritten.freeDisk(), size -> size(size, unwritten.freeDisk())),
                        limits.read(
                                "restart-pause",
                                unwritten.restartPause(),
                                time -> values.text(time, unwritten.restartPause(), LimitSettings::parseRestartPause))))
                .orElse(unwritten);
    }

    private MemorySettings memory(YamlValue value) {
        MemorySettings unwritten = MemorySettings.DEFAULT;
        return value.map(LakeKeys.MEMORY)
                .map(memory -> new MemorySettings(
                        heap(memory, "collect", unwritten.collect()),
                        heap(memory, "registry", unwritten.registry()),
                        heap(memory, "engine", unwritten.engine())))
                .orElse(unwritten);
    }

    private SqlSettings sql(YamlValue value) {
        SqlSettings unwritten = SqlSettings.DEFAULT;
        return value.map(LakeKeys.SQL)
                .map(sql -> new SqlSettings(
                        sql.read(
                                "timeout",
                                unwritten.timeout(),
                                time -> values.text(time, unwritten.timeout(), SqlSettings::parseTimeout)),
                        sql.read(
                                "max-rows",
                                unwritten.maxRows(),
                                rows -> values.text(rows, unwritten.maxRows(), SqlSettings::parseMaxRows))))
                .orElse(unwritten);
    }

    private SchemaSettings schemas(YamlValue value) {
        SchemaSettings unwritten = SchemaSettings.DEFAULT;
        return value.map(LakeKeys.SCHEMAS)
                .map(schemas -> new SchemaSettings(
                        schemas.read("compatibility", unwritten.compatibility(), this::compatibility),
                        schemas.read("subjects", unwritten.subjects(), this::subjects)))
                .orElse(unwritten);
    }

    private Map<String, Compatibility> subjects(YamlValue value) {
        Map<String, Compatibility> subjects = new LinkedHashMap<>();
        value.map().ifPresent(map -> map.entries().forEach((name, rule) -> subjects.put(name, compatibility(rule))));
        return subjects;
    }

    private Compatibility compatibility(YamlValue value) {
        Map<String, Compatibility> words = Compatibility.words();
        return values.word(value, Compatibility.BACKWARD, words, "must be one of " + String.join(", ", words.keySet()));
    }

    private DataSize heap(YamlMap memory, String key, DataSize unwritten) {
        return memory.read(key, unwritten, value -> {
            DataSize size = size(value, unwritten);
            if (size.bytes() == 0) {
                value.refuse("must be more than nothing");
            }
            return size;
        });
    }

    private DataSize size(YamlValue value, DataSize standIn) {
        return values.text(value, standIn, DataSize::parse);
    }
}
