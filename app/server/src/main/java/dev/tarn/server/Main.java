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
        boolean stop = words.get(0).equals("stop");
        try {
            lake.create();
            try (LakeLock lock =
                    LakeLock.acquire(lake, stop ? LakeLock.Purpose.END_LEFTOVERS : LakeLock.Purpose.RUN_LAKE)) {
                return stop ? endLeftovers(lake) : runLake(words, lake);
            }
        } catch (TarnException e) {
            return refuse(lake, e, List.of());
        } catch (IOException | RuntimeException e) {
            return fail(lake, e, List.of());
        }
    }

    private static int endLeftovers(LakeDirectory lake) {
        Leftovers.end(lake);
        return 0;
    }

    private static int runLake(List<String> words, LakeDirectory lake) {
        try {
            new LakeServer(ProgramHome.ofThisProcess(), lake, profile(words), words.contains("--new-ports")).run();
            return 0;
        } catch (TarnException e) {
            return refuse(lake, e, Leftovers.running(lake));
        } catch (IOException | RuntimeException e) {
            return fail(lake, e, Leftovers.running(lake));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ErrorKind.INTERNAL.exitCode();
        }
    }

    private static int refuse(LakeDirectory lake, TarnException reason, List<String> leftovers) {
        return refuse(lake, reason, String.valueOf(reason.getMessage()), reason.kind(), leftovers);
    }

    private static int fail(LakeDirectory lake, Exception reason, List<String> leftovers) {
        boolean full = String.valueOf(reason.getMessage()).contains("No space left");
        return refuse(
                lake,
                reason,
                "Cannot run the lake in '" + lake.root() + "': " + reason + ". "
                        + (full
                                ? "Make room on its disk. [DISK_FULL]"
                                : "The server's log has the details: tarn logs server. [INTERNAL]"),
                full ? ErrorKind.RESOURCES : ErrorKind.INTERNAL,
                leftovers);
    }

    private static int refuse(
            LakeDirectory lake, Exception reason, String words, ErrorKind kind, List<String> leftovers) {
        LOG.log(System.Logger.Level.ERROR, "cannot start", reason);
        String message = leftovers.isEmpty()
                ? words
                : words + "\nStill running from an earlier server: " + String.join(", ", leftovers)
                        + ". 'tarn down' ends them.";
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
