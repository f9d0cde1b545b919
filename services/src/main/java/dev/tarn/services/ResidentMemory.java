package dev.tarn.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory that processes really hold. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /**
     * Bytes held by a process and its children. Where Linux tells it, pages shared between them count once
     * (proportional set size); elsewhere the resident sizes of {@code ps} are added up. 0 if unknown.
     */
    public static long of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(handle -> ofOne(handle.pid()))
                .sum();
    }

    /** Bytes held by one process without its children; 0 if unknown. */
    public static long ofAlone(ProcessHandle process) {
        return ofOne(process.pid());
    }

    private static long ofOne(long pid) {
        Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        try {
            if (Files.exists(rollup)) {
                try (Stream<String> lines = Files.lines(rollup)) {
                    return lines.filter(line -> line.startsWith("Pss:"))
                            .mapToLong(ResidentMemory::kibibytes)
                            .sum();
                }
            }
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            String answer = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return kibibytes(answer);
        } catch (IOException | java.io.UncheckedIOException e) {
            // The process ended meanwhile, or the system does not tell.
            return 0;
        }
    }

    private static long kibibytes(String text) {
        String digits = text.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) * 1024;
    }
}
