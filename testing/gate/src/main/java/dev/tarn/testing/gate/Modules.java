package dev.tarn.testing.gate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The modules of a checkout, as its POMs name them. */
record Modules(List<Module> all) {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ARTIFACT =
            Pattern.compile("</parent>.*?<artifactId>([^<]+)</artifactId>", Pattern.DOTALL);

    /**
     * One of them.
     *
     * @param folder from the root, such as {@code stages/store}
     * @param artifact its artifact id, such as {@code tarn-store}
     * @param hasTests whether it has tests
     */
    record Module(Path folder, String artifact, boolean hasTests) {}

    Modules {
        all = List.copyOf(all);
    }

    static Modules of(Path root) {
        List<Module> all = new ArrayList<>();
        Matcher modules = MODULE.matcher(text(root.resolve("pom.xml")));
        while (modules.find()) {
            Path folder = Path.of(modules.group(1).strip());
            Matcher artifact = ARTIFACT.matcher(text(root.resolve(folder).resolve("pom.xml")));
            if (artifact.find()) {
                all.add(new Module(
                        folder,
                        artifact.group(1),
                        Files.isDirectory(root.resolve(folder).resolve("src/test/java"))));
            }
        }
        return new Modules(all);
    }

    private static String text(Path pom) {
        return Files.exists(pom) ? String.join("\n", TestRun.lines(pom)) : "";
    }

    Optional<Path> folder(String artifact) {
        return all.stream()
                .filter(module -> module.artifact().equals(artifact))
                .map(Module::folder)
                .findFirst();
    }
}
