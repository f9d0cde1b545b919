package dev.tarn.testing.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A module of the root POM.
 *
 * @param name as the root POM writes it, such as {@code stages/store}
 */
record TarnModule(String name) {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    /** The checkout under test. */
    static Path root() {
        return Path.of(System.getProperty("tarn.root", "../.."))
                .toAbsolutePath()
                .normalize();
    }

    /** All modules in the order of the root POM. */
    static List<TarnModule> all() {
        try {
            Matcher modules = MODULE.matcher(Files.readString(root().resolve("pom.xml")));
            return modules.results()
                    .map(found -> new TarnModule(found.group(1).trim()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it has Java of its own; some modules only gather what others made. */
    boolean hasJava() {
        return Files.isDirectory(directory().resolve("src/main/java"));
    }

    /** Where its compiled classes lie. */
    Path classes() {
        return directory().resolve("target/classes");
    }

    /** Whether a class was compiled in this module. */
    boolean holds(JavaClass type) {
        String place = classes().toUri().getPath();
        return type.getSource()
                .map(source -> source.getUri())
                .filter(uri -> "file".equals(uri.getScheme()) && uri.getPath().startsWith(place))
                .isPresent();
    }

    private Path directory() {
        return root().resolve(name);
    }
}
