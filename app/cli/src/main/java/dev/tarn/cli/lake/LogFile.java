package dev.tarn.cli.lake;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The log of one service. Rotation copies a log and then empties it, so its path stays. */
public final class LogFile {
    private static final String SUFFIX = ".log";
    private static final int BLOCK = 64 * 1024;

    private final Path file;
    private long position;

    private LogFile(Path file) {
        this.file = file;
    }

    /** The services that have a log, sorted. */
    public static List<String> services(LakeLocation lake) {
        lake.requireReadableState();
        if (!Files.isDirectory(lake.logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lake.logs())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(lake.logs(), e);
        }
    }

    /** The log of a service; one that has none is an error. */
    public static LogFile load(LakeLocation lake, String service) {
        List<String> services = services(lake);
        if (services.contains(service)) {
            return new LogFile(lake.logs().resolve(service + SUFFIX));
        }
        String what = "Cannot show the log of '" + service + "': ";
        if (services.isEmpty()) {
            throw new TarnException(
                    ErrorKind.USER,
                    "LOG_NOT_FOUND",
                    what + "lake '" + lake.name() + "' has no logs yet. Start it with: tarn up.");
        }
        throw new TarnException(
                ErrorKind.USER,
                "LOG_NOT_FOUND",
                what + "lake '" + lake.name() + "' has logs of " + String.join(", ", services) + "."
                        + Nearest.find(service, services)
                                .map(nearest -> " Did you mean '" + nearest + "'?")
                                .orElse(" Name one of these."));
    }

    /** Writes the last lines; what comes later is for {@link #copyNews}. */
    public void copyLast(int lines, OutputStream target) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            position = startOfLast(lines, log, 0);
            copy(log, target);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Writes what came since; all of the file after it was emptied. */
    public void copyNews(OutputStream target) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            if (log.length() < position) {
                position = 0;
            }
            copy(log, target);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void copy(RandomAccessFile log, OutputStream target) throws IOException {
        byte[] block = new byte[BLOCK];
        log.seek(position);
        for (int length = log.read(block); length > 0; length = log.read(block)) {
            target.write(block, 0, length);
            position += length;
        }
        target.flush();
    }

    /** The last lines after a position; none where they cannot be read. */
    public static List<String> lastLines(Path file, long from, int lines) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = startOfLast(lines, log, from);
            byte[] bytes = new byte[(int) (log.length() - start)];
            log.seek(start);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Reads backwards by blocks: a log may be large. */
    private static long startOfLast(int lines, RandomAccessFile log, long from) throws IOException {
        byte[] block = new byte[BLOCK];
        long end = log.length();
        // A line feed at the very end closes the last line and begins none.
        int wanted = lines + 1;
        boolean last = true;
        while (end > from && lines > 0) {
            int length = (int) Math.min(BLOCK, end - from);
            log.seek(end - length);
            log.readFully(block, 0, length);
            if (last && block[length - 1] != '\n') {
                wanted--;
            }
            last = false;
            for (int i = length - 1; i >= 0; i--) {
                if (block[i] == '\n' && --wanted == 0) {
                    return end - length + i + 1;
                }
            }
            end -= length;
        }
        return lines > 0 ? Math.min(from, log.length()) : log.length();
    }

    private static TarnException unreadable(Path file, IOException reason) {
        return new TarnException(
                ErrorKind.USER,
                "LOG_UNREADABLE",
                "Cannot read log '" + file + "': " + Faults.reason(reason) + ". Run tarn as the owner of the lake.",
                reason);
    }
}
