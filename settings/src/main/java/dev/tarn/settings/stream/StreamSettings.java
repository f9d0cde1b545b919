package dev.tarn.settings.stream;

import dev.tarn.settings.read.Problems;
import dev.tarn.settings.read.Resolve;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.secret.SecretSources;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream: one file {@code streams/NAME.yaml}.
 *
 * @param inputs by the names under which the SQL sees them, in the order of the file; at least one is a topic
 * @param sql one query
 * @param maxEvents a batch takes at most so many events of each topic
 */
public record StreamSettings(
        String name,
        Map<String, InputSettings> inputs,
        String sql,
        OutputSettings output,
        OutputMode mode,
        TriggerSettings trigger,
        int maxEvents) {
    public StreamSettings {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /**
     * Reads and checks the streams of a lake directory, in the order of their names.
     *
     * @throws dev.tarn.model.TarnException USER {@code SETTINGS_INVALID} with all problems, one line each
     */
    public static List<StreamSettings> loadAll(Path lakeDirectory) {
        Problems problems = new Problems();
        try (SecretSources secrets = SecretSources.open(lakeDirectory, System.getenv(), null)) {
            ValueReader values = new ValueReader(secrets, Resolve.VALUES);
            List<StreamSettings> streams = new StreamsReader(lakeDirectory, values, problems).read();
            problems.throwIfAny(lakeDirectory);
            return streams;
        }
    }
}
