package dev.tarn.services.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own it sees itself as nobody, while its files stay
 * ours: {@code unshare -U} gives it one.
 */
final class RootUser {
    private final boolean root;
    private final String unshare;

    /**
     * @param root whether we are root
     * @param unshare the program that makes namespaces
     */
    RootUser(boolean root, String unshare) {
        this.root = root;
        this.unshare = unshare;
    }

    /** Of this process. PostgreSQL asks for the user's number, not its name: a root of another name is root. */
    static RootUser ofThisProcess() {
        return new RootUser(
                userId().map(id -> id == 0).orElse("root".equals(System.getProperty("user.name"))), "unshare");
    }

    /** Whether PostgreSQL needs a user namespace, and this machine does not let us make one. */
    boolean isStuck() {
        return root && !mayUnshare();
    }

    private static Optional<Integer> userId() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer id
                    ? Optional.of(id)
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            // No Linux: the name must do.
            return Optional.empty();
        }
    }

    private boolean mayUnshare() {
        try {
            Process process = new ProcessBuilder(unshare, "-U", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The command as PostgreSQL accepts it from this user. */
    List<String> command(List<String> command) {
        if (!root) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of(unshare, "-U"));
        wrapped.addAll(command);
        return wrapped;
    }
}
