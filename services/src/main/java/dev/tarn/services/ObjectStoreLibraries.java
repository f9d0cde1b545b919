package dev.tarn.services;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The libraries that speak to S3: hundreds of megabytes, so the build leaves them out and users add them. */
public final class ObjectStoreLibraries {
    private static final List<String> PREFIXES =
            List.of("hadoop-client-api-", "hadoop-client-runtime-", "hadoop-aws-", "bundle-");

    private ObjectStoreLibraries() {}

    /**
     * What keeps a lake from storing its tables there, before anything starts; empty if the libraries are in place.
     *
     * @param storage the address, such as {@code s3a://bucket/prefix}
     * @param folders where they are needed, relative to the program: those of the processes and plugins of this lake
     */
    public static Optional<TarnException> problem(ProgramHome home, String storage, List<String> folders) {
        String without = folders.stream()
                .filter(folder -> !isComplete(home.path().resolve(folder)))
                .map(folder -> "'" + folder + "'")
                .collect(Collectors.joining(", "));
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of(new TarnException(
                        ErrorKind.USER,
                        "S3_LIBRARIES",
                        "Cannot keep the lake's files at '" + storage + "': the libraries for S3 ("
                                + PREFIXES.stream().map(each -> each + "*.jar").collect(Collectors.joining(", "))
                                + ") are not all in " + without + " under '" + home.path()
                                + "'. Add them as docs/guide/settings.md tells under \"S3\", or write 'storage:"
                                + " embedded' in lake.yaml."));
    }

    private static boolean isComplete(Path folder) {
        String[] files = folder.toFile().list();
        return files != null && PREFIXES.stream().allMatch(prefix -> has(files, prefix));
    }

    private static boolean has(String[] files, String prefix) {
        for (String file : files) {
            if (file.startsWith(prefix) && file.endsWith(".jar")) {
                return true;
            }
        }
        return false;
    }
}
