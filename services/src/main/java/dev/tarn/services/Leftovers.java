package dev.tarn.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a killed server left running. A process that still answers and runs what the lake asks for today is adopted;
 * any other is ended, so that no orphan keeps a port or a data directory.
 */
public final class Leftovers {
    private static final System.Logger LOG = System.getLogger(Leftovers.class.getName());
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private Leftovers() {}

    /** Ends what cannot be adopted and returns the names of the services whose processes can be. */
    public static List<String> sort(LakeDirectory lake, List<Service> services) {
        List<String> adoptable = new ArrayList<>();
        for (Path note : notes(lake)) {
            String name = name(note);
            Optional<ProcessRecord> record = ProcessRecord.find(note);
            Optional<ProcessHandle> process = record.flatMap(ProcessRecord::process);
            Optional<Service> service =
                    services.stream().filter(each -> each.name().equals(name)).findFirst();
            if (process.isEmpty()) {
                delete(note);
            } else if (service.isPresent()
                    && record.orElseThrow()
                            .fingerprint()
                            .equals(service.orElseThrow().process().fingerprint())
                    && service.orElseThrow().answers()) {
                adoptable.add(name);
            } else {
                end(name, process.orElseThrow(), note, record.orElseThrow().stopSignal());
            }
        }
        return adoptable;
    }

    /** Ends all that a killed server left and returns the names of the services. */
    public static List<String> end(LakeDirectory lake) {
        List<String> ended = new ArrayList<>();
        for (Path note : notes(lake)) {
            Optional<ProcessRecord> record = ProcessRecord.find(note);
            Optional<ProcessHandle> process = record.flatMap(ProcessRecord::process);
            if (process.isPresent()) {
                end(
                        name(note),
                        process.orElseThrow(),
                        note,
                        record.orElseThrow().stopSignal());
                ended.add(name(note));
            } else {
                delete(note);
            }
        }
        return ended;
    }

    /** What a killed server left running, as words for a person such as {@code collect (process 4711)}. */
    public static List<String> running(LakeDirectory lake) {
        return notes(lake).stream()
                .flatMap(note -> ProcessRecord.find(note).flatMap(ProcessRecord::process).stream()
                        .map(process -> name(note) + " (process " + process.pid() + ")"))
                .toList();
    }

    private static void end(String name, ProcessHandle process, Path note, String signal) {
        LOG.log(System.Logger.Level.INFO, name + ": ending process " + process.pid() + " of an earlier server");
        OwnedProcess.adopt(process, note).stop(signal, STOP_LIMIT);
    }

    private static List<Path> notes(LakeDirectory lake) {
        if (!Files.isDirectory(lake.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lake.run())) {
            return files.filter(file ->
                            file.toString().endsWith(".json") && !name(file).equals("server"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path note) {
        return String.valueOf(note.getFileName()).replace(".json", "");
    }

    private static void delete(Path note) {
        try {
            Files.deleteIfExists(note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
