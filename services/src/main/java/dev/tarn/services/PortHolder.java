package dev.tarn.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds who listens on a port, where Linux tells it through {@code /proc}. */
final class PortHolder {
    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** Whether somebody listens on a port, and it is neither this process nor a child of it; false if nobody can tell. */
    static boolean isAnothers(int port, ProcessHandle process) {
        try {
            Set<String> sockets = sockets(port);
            return !sockets.isEmpty()
                    && Files.isReadable(Path.of("/proc", Long.toString(process.pid()), "fd"))
                    && Stream.concat(Stream.of(process), process.descendants())
                            .noneMatch(each -> holds(each.pid(), sockets));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Words for a person such as {@code process 4711 (python3)}; empty if it cannot be found out. */
    static Optional<String> find(int port) {
        try {
            Set<String> sockets = sockets(port);
            return sockets.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.allProcesses()
                            .filter(process -> holds(process.pid(), sockets))
                            .findFirst()
                            .map(PortHolder::words);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Set<String> sockets(int port) throws IOException {
        return Stream.concat(sockets("/proc/net/tcp", port), sockets("/proc/net/tcp6", port))
                .collect(Collectors.toSet());
    }

    // Columns, see proc(5): 1 local address as hex, 3 state, 9 inode.
    private static Stream<String> sockets(String table, int port) throws IOException {
        if (!Files.exists(Path.of(table))) {
            return Stream.of();
        }
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        return Files.readAllLines(Path.of(table)).stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING))
                .map(columns -> "socket:[" + columns[9] + "]");
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.anyMatch(file -> {
                try {
                    return sockets.contains(Files.readSymbolicLink(file).toString());
                } catch (IOException e) {
                    return false;
                }
            });
        } catch (IOException | UncheckedIOException e) {
            // Another user's process, or gone.
            return false;
        }
    }

    private static String words(ProcessHandle process) {
        String program = process.info()
                .command()
                .map(command -> String.valueOf(Path.of(command).getFileName()))
                .orElse("unknown program");
        return "process " + process.pid() + " (" + program + ")";
    }
}
