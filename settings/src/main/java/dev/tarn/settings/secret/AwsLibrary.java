package dev.tarn.settings.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * <code>${ssm:/path}</code>: a parameter of AWS Systems Manager. The source itself is module {@code settings-aws}, found
 * in {@code lib/aws} under Tarn's home when the first reference is read.
 */
final class AwsLibrary implements SecretSource {
    private static final String SCHEME = "ssm";

    private final @Nullable Path tarnHome;
    private @Nullable URLClassLoader classLoader;
    private @Nullable SecretSource source;

    AwsLibrary(@Nullable Path tarnHome) {
        this.tarnHome = tarnHome;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public String load(String path) throws UnreadableSecretException {
        Path folder = folder();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            if (source == null) {
                source = open(folder);
            }
            // The AWS library looks for its own parts through the thread's class loader.
            thread.setContextClassLoader(source.getClass().getClassLoader());
            return source.load(path);
        } catch (IOException | ServiceConfigurationError | LinkageError e) {
            throw new UnreadableSecretException(damaged(folder), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Path folder() throws UnreadableSecretException {
        if (tarnHome == null) {
            throw new UnreadableSecretException(
                    "the AWS library cannot be found, as system property tarn.home is not set;"
                            + " start Tarn by its own command, or use ${env:X} or ${file:P}");
        }
        Path folder = tarnHome.resolve("lib").resolve("aws");
        if (!Files.isDirectory(folder)) {
            throw new UnreadableSecretException("the AWS library is not in '" + folder
                    + "'; unpack Tarn again as a whole, or use ${env:X} or ${file:P}");
        }
        return folder;
    }

    private SecretSource open(Path folder) throws IOException, UnreadableSecretException {
        if (classLoader == null) {
            classLoader = new URLClassLoader(jars(folder), SecretSource.class.getClassLoader());
        }
        for (SecretSource found : ServiceLoader.load(SecretSource.class, classLoader)) {
            if (found.scheme().equals(SCHEME)) {
                return found;
            }
        }
        throw new UnreadableSecretException(damaged(folder));
    }

    private static String damaged(Path folder) {
        return "the AWS library in '" + folder + "' is not complete; unpack Tarn again as a whole";
    }

    private static URL[] jars(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                jars.add(file.toUri().toURL());
            }
        }
        return jars.toArray(URL[]::new);
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        if (classLoader != null) {
            try {
                classLoader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
