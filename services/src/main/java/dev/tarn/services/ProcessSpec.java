package dev.tarn.services;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run for a service: enough to start it, and to tell later whether a running process is this one.
 *
 * @param command program and arguments; no secrets, since every user of the machine can read them
 * @param environment variables added to the server's own
 * @param directory where it runs
 * @param configuration the content of the files that the process reads at its start; a change makes it another process
 * @param archive the class-data archive that this run writes when it ends, if any
 */
public record ProcessSpec(
        List<String> command,
        Map<String, String> environment,
        Path directory,
        String configuration,
        java.util.Optional<Path> archive) {
    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * A number that stays the same while command, environment and configuration do. The class-data flags are left out:
     * a process started without an archive is no other for that.
     */
    public String fingerprint() {
        List<String> meaning = command.stream()
                .filter(word ->
                        !word.startsWith("-XX:SharedArchiveFile") && !word.startsWith("-XX:ArchiveClassesAtExit"))
                .toList();
        return Integer.toHexString(List.of(meaning, environment, configuration).hashCode());
    }
}
