package dev.tarn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.settings.source.CommitSettings;
import dev.tarn.settings.source.RawSettings;
import dev.tarn.settings.source.SourceKeyPaths;
import dev.tarn.settings.source.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/guide/settings.md in line with the code. */
class SettingsPageTest {
    private static final Pattern TABLE_ROW = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\|");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n# (\\S+)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private String page;

    @BeforeEach
    void readPage() throws IOException {
        page = Files.readString(Path.of("..", "docs", "guide", "settings.md"));
    }

    @Test
    void pageHasARowForEveryKeyAndNoOther() {
        List<String> keys = new ArrayList<>(LakeKeys.LAKE);
        // What these hold is said key by key.
        keys.removeAll(List.of("limits", "memory", "sql", "schemas"));
        LakeKeys.STORAGE.forEach(key -> keys.add("storage." + key));
        LakeKeys.KAFKA.forEach(key -> keys.add("kafka." + key));
        LakeKeys.REGISTRY.forEach(key -> keys.add("registry." + key));
        LakeKeys.CATALOG.forEach(key -> keys.add("catalog." + key));
        LakeKeys.ENGINE.forEach(key -> keys.add("engine." + key));
        LakeKeys.LIMITS.forEach(key -> keys.add("limits." + key));
        LakeKeys.SQL.forEach(key -> keys.add("sql." + key));
        LakeKeys.SCHEMAS.forEach(key -> keys.add("schemas." + key));
        LakeKeys.MEMORY.forEach(key -> keys.add("memory." + key));
        keys.addAll(SourceKeyPaths.all());

        List<String> rows =
                TABLE_ROW.matcher(page).results().map(row -> row.group(1)).toList();

        assertThat(rows).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void pageNamesTheOptionsThatTarnSetsItself() {
        assertThat(LakeKeys.OUR_KAFKA_OPTIONS)
                .allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
        assertThat(SourceKeyPaths.refusedOptions())
                .allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
    }

    @Test
    void pageSaysWhatHoldsIfNothingIsWritten() {
        assertThat(page)
                .contains("| `" + LimitSettings.DEFAULT.freeDisk() + "` |")
                .contains("| `" + LimitSettings.DEFAULT.restartPause().toSeconds() + " s` |")
                .contains("Kafka and its connectors, a [size](#sizes) | `" + MemorySettings.DEFAULT.collect() + "` |")
                .contains("registry | `" + MemorySettings.DEFAULT.registry() + "` |")
                .contains("engine | `" + MemorySettings.DEFAULT.engine() + "` |")
                .contains("| `" + SqlSettings.DEFAULT.timeout().toSeconds() + " s` |")
                .contains("| `" + SqlSettings.DEFAULT.maxRows() + "` |")
                .contains("| `" + SchemaSettings.DEFAULT.compatibility().word() + "` |")
                .contains("| `" + CommitSettings.DEFAULT.changes() + "` |")
                .contains("| `" + RawSettings.DEFAULT.records() + "` |")
                .contains("| `" + RawSettings.DEFAULT.interval().toSeconds() + " s` |")
                .contains("| `" + ((TableFormat.Commits) TableFormat.DEFAULT.history()).count() + " commits` |");
    }

    @Test
    void examplesOfThePageAreALake() {
        TestLake lake = new TestLake(folder)
                .file("secrets/registry", "hush\n")
                .environment("PGPASSWORD", "hush")
                .environment("KAFKA_KEY", "hush");
        Matcher examples = EXAMPLE.matcher(page);
        while (examples.find()) {
            lake.file(examples.group(1), examples.group(2));
        }

        assertThat(lake.read().sources()).extracting(source -> source.name()).containsExactly("moma", "shop");
        assertThat(lake.read("prod").name()).isEqualTo("museum");
    }
}
