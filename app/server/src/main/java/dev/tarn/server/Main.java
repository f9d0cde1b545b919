package dev.tarn.server;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Leftovers;
import dev.tarn.services.PrivateFile;
import dev.tarn.services.ProgramHome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * The program of the server process: {@code up DIR [--profile P] [--new-ports]} runs a lake until it is stopped,
 * {@code stop DIR} ends what a killed server left behind.
 *
 * <p>A reason not to start goes to {@code .tarn/run/start-error.txt}, where the command that started us reads it; the
 * stack trace goes to the log.
 */
public final class Main {
    private static final System.Logger LOG = System.getLogger(Main.class.getName());

    private Main() {}

    /** Exits with the code of the {@link ErrorKind} when the lake cannot start. */
    public static void main(String[] arguments) throws IOException {
        try (InputStream logging = Main.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(logging);
        }
        List<String> words = List.of(arguments);
        LakeDirectory lake = new LakeDirectory(Path.of(words.get(1)));
        System.exit(run(words, lake));
    }

    private static int run(List<String> words, LakeDirectory lake) {
        try {
            lake.create();
            if (words.get(0).equals("stop")) {
                try (LakeLock lock = LakeLock.acquire(lake)) {
                    Leftovers.end(lake);
                    return 0;
                }
            }
            new LakeServer(ProgramHome.ofThisProcess(), lake, profile(words), words.contains("--new-ports")).run();
            return 0;
        } catch (TarnException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot start", e);
            return refuse(lake, String.valueOf(e.getMessage()), e.kind());
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot start", e);
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            return refuse(
                    lake,
                    "Cannot run the lake in '" + lake.root() + "': " + e + ". "
                            + (full
                                    ? "Make room on its disk. [DISK_FULL]"
                                    : "The server's log has the details: tarn logs server. [INTERNAL]"),
                    full ? ErrorKind.RESOURCES : ErrorKind.INTERNAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ErrorKind.INTERNAL.exitCode();
        }
    }

    private static int refuse(LakeDirectory lake, String message, ErrorKind kind) {
        try {
            PrivateFile.write(lake.run().resolve("start-error.txt"), message + "\n");
        } catch (RuntimeException e) {
            // The disk may be the very problem; the log has the message already.
            LOG.log(System.Logger.Level.ERROR, "cannot leave the reason for the command", e);
        }
        return kind.exitCode();
    }

    private static @Nullable String profile(List<String> words) {
        int flag = words.indexOf("--profile");
        return flag < 0 ? null : words.get(flag + 1);
    }
}
