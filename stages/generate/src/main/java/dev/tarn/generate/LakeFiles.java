package dev.tarn.generate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The files of a new lake directory: relative path to content. */
public final class LakeFiles {
    private final Map<String, String> contents = new LinkedHashMap<>();

    private LakeFiles(String lakeName, Map<String, String> own) {
        contents.put("lake.yaml", resource("lake.yaml").replace("@name@", lakeName));
        contents.putAll(own);
        contents.put(".gitignore", resource("gitignore"));
    }

    /** A lake with nothing in it but its name. */
    public static LakeFiles bare(String lakeName) {
        return new LakeFiles(lakeName, Map.of());
    }

    /** The files of an example. */
    public static LakeFiles of(ExampleLake example) {
        Map<String, String> own = new LinkedHashMap<>();
        for (String file : example.ownFiles()) {
            own.put(file, resource(example.lakeName() + "/" + file));
        }
        own.putAll(new TreeMap<>(example.madeFiles()));
        return new LakeFiles(example.lakeName(), own);
    }

    /** The relative paths, {@code lake.yaml} first. */
    public Set<String> paths() {
        return Collections.unmodifiableSet(contents.keySet());
    }

    /** Writes all files below a directory, which it creates; a file that is there already is an error. */
    public void write(Path directory) throws IOException {
        for (Map.Entry<String, String> file : contents.entrySet()) {
            Path target = directory.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent(), "parent"));
            Files.writeString(target, file.getValue(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = LakeFiles.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read resource " + name, e);
        }
    }
}
