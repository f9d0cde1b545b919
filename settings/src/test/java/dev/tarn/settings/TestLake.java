package dev.tarn.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lake directory that a test writes, and its environment. */
public final class TestLake {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Path tarnHome;

    public TestLake(Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    public TestLake file(String name, String content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestLake environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public TestLake tarnHome(Path home) {
        tarnHome = home;
        return this;
    }

    public LakeSettings read() {
        return read(null);
    }

    public LakeSettings read(@Nullable String profile) {
        return new LakeReader(directory, environment, tarnHome).read(profile);
    }

    /** The lines between the first, which counts the problems, and the last, which says what to do. */
    public List<String> problems() {
        return problems(null);
    }

    public List<String> problems(@Nullable String profile) {
        List<String> lines = List.of(message(profile).split("\n", -1));
        return lines.subList(1, lines.size() - 1);
    }

    public String message(@Nullable String profile) {
        String[] message = new String[1];
        assertThatExceptionOfType(TarnException.class)
                .isThrownBy(() -> read(profile))
                .satisfies(error -> {
                    message[0] = error.getMessage();
                    assertThat(error.kind()).isEqualTo(ErrorKind.USER);
                    assertThat(error.code()).isEqualTo("SETTINGS_INVALID");
                });
        return message[0];
    }
}
