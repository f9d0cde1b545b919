package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The computer that measures, and how busy it is with other things. */
final class Machine {
    private Machine() {}

    static String describe() {
        return Runtime.getRuntime().availableProcessors() + " cores, " + processor() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }

    /** The load averages of the last 1, 5 and 15 minutes. */
    static String load() {
        return read("/proc/loadavg").replaceAll("^(\\S+ \\S+ \\S+).*\n?", "$1");
    }

    private static String processor() {
        return Arrays.stream(read("/proc/cpuinfo").split("\n", -1))
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*?: ", ""))
                .findFirst()
                .orElse("a processor without a name");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            // Not Linux: figures are the same, their circumstances are not told.
            return "";
        }
    }
}
