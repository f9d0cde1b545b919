package dev.tarn.cli.lake;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory that holds {@code lake.yaml}, and where a running lake keeps its state.
 *
 * @param directory absolute
 */
public record LakeLocation(Path directory) {
    private static final String SETTINGS = "lake.yaml";
    private static final Pattern NAME = Pattern.compile("name:\\s+[\"']?([^\"'#\\s]+)[\"']?\\s*(#.*)?");

    public LakeLocation {
        directory = directory.toAbsolutePath().normalize();
    }

    /** The lake in this very directory. */
    public static LakeLocation load(Path directory) {
        LakeLocation lake = new LakeLocation(directory);
        if (!Files.isRegularFile(lake.settings())) {
            String reason = Files.isDirectory(lake.directory) ? "it holds no lake.yaml" : "there is no such directory";
            throw new TarnException(
                    ErrorKind.USER,
                    "LAKE_NOT_FOUND",
                    "Cannot open lake '" + directory + "': " + reason + ". Make one with: tarn init " + directory
                            + " --example museum.");
        }
        return lake;
    }

    /** The lake in this directory or in the nearest one above it. */
    public static LakeLocation loadAbove(Path directory) {
        return findAbove(directory)
                .orElseThrow(() -> new TarnException(
                        ErrorKind.USER,
                        "LAKE_NOT_FOUND",
                        "Cannot find a lake: neither '" + directory + "' nor a directory above it holds lake.yaml."
                                + " Name one with -C, or make one with: tarn init museum --example museum."));
    }

    /** The lake in this directory or in the nearest one above it, if there is one. */
    public static Optional<LakeLocation> findAbove(Path directory) {
        for (Path each = directory.toAbsolutePath().normalize(); each != null; each = each.getParent()) {
            LakeLocation lake = new LakeLocation(each);
            if (Files.isRegularFile(lake.settings())) {
                return Optional.of(lake);
            }
        }
        return Optional.empty();
    }

    /** The name that lake.yaml gives, or else the directory's. The server reads the file in earnest. */
    public String name() {
        try {
            for (String line : Files.readAllLines(settings())) {
                Matcher matcher = NAME.matcher(line);
                if (matcher.matches()) {
                    return matcher.group(1);
                }
            }
        } catch (IOException e) {
            // An unreadable file is the server's to report; a name for messages is enough here.
        }
        return String.valueOf(directory.getFileName());
    }

    /** The file that makes a directory a lake. */
    public Path settings() {
        return directory.resolve(SETTINGS);
    }

    /** Everything that a running lake keeps; only its owner can look inside. */
    public Path state() {
        return directory.resolve(".tarn");
    }

    /** One log a service. */
    public Path logs() {
        return state().resolve("logs");
    }

    /** What runs right now, one file a process. */
    public Path run() {
        return state().resolve("run");
    }

    /** Refuses a lake whose state belongs to another user: it would look as if it never ran. */
    public void requireReadableState() {
        if (Files.exists(state()) && !(Files.isReadable(state()) && Files.isExecutable(state()))) {
            throw new TarnException(
                    ErrorKind.USER,
                    "STATE_UNREADABLE",
                    "Cannot look into lake '" + name() + "': " + state() + " belongs to user " + owner()
                            + ". Run tarn as that user.");
        }
    }

    private String owner() {
        try {
            return Files.getOwner(state()).getName();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
