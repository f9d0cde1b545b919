package dev.tarn.services;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.model.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A note of a running process, kept in {@code .tarn/run/<service>.json}, so that the next server finds what a killed
 * one left behind.
 *
 * @param name the service
 * @param pid its process
 * @param startedAtMillis when that process started, as the operating system says: process ids are used again
 * @param fingerprint of the {@link ProcessSpec} that it runs
 * @param stopSignal what ends it in good order: the next server may know no such service any more
 */
record ProcessRecord(String name, long pid, long startedAtMillis, String fingerprint, String stopSignal) {
    private static final Duration SAME_START = Duration.ofSeconds(1);

    static ProcessRecord of(String name, ProcessHandle process, String fingerprint, String stopSignal) {
        return new ProcessRecord(name, process.pid(), startedAtMillis(process), fingerprint, stopSignal);
    }

    static Optional<ProcessRecord> find(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Map<String, Object> fields = JSON.std.mapFrom(Files.readString(file));
            return Optional.of(new ProcessRecord(
                    String.valueOf(fields.get("name")),
                    ((Number) fields.getOrDefault("pid", 0)).longValue(),
                    ((Number) fields.getOrDefault("startedAtMillis", 0)).longValue(),
                    String.valueOf(fields.get("fingerprint")),
                    String.valueOf(fields.getOrDefault("stopSignal", "TERM"))));
        } catch (IOException e) {
            // A note that cannot be read says nothing about any process.
            return Optional.empty();
        }
    }

    void save(Path file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("pid", pid);
        fields.put("startedAtMillis", startedAtMillis);
        fields.put("fingerprint", fingerprint);
        fields.put("stopSignal", stopSignal);
        try {
            PrivateFile.write(file, JSON.std.asString(fields) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, if it still runs and is the same one. */
    Optional<ProcessHandle> process() {
        return Processes.find(pid, Instant.ofEpochMilli(startedAtMillis), SAME_START);
    }

    private static long startedAtMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
