package dev.tarn.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProgramTest {
    @TempDir
    private Path folder;

    @Test
    void flagsOfTheUserAreTheWordsOfTheVariable() {
        assertThat(JavaProgram.words("  -Xlog:gc -XX:TieredStopAtLevel=1\n-Da=b "))
                .containsExactly("-Xlog:gc", "-XX:TieredStopAtLevel=1", "-Da=b");
        assertThat(JavaProgram.words(" ")).isEmpty();
        assertThat(JavaProgram.words(null)).isEmpty();
    }

    @Test
    void runIsGivenTheArchiveThatThereIsAndAskedForOneOtherwise() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("lib/engine")).resolve("a.jar"), "a");
        ProgramHome home = new ProgramHome(folder);
        JavaProgram program = new JavaProgram(home, "engine").entry("Main");

        ProcessSpec first = program.in(folder.resolve("lake"));

        Path draft = first.archive().orElseThrow();
        String name = String.valueOf(draft.getFileName());
        assertThat(first.command()).contains("-XX:ArchiveClassesAtExit=" + draft);
        Path archive =
                Files.writeString(home.archives().resolve(name.substring(0, name.lastIndexOf('.'))), "made by a run");
        ProcessSpec second = program.in(folder.resolve("lake"));
        assertThat(second.archive()).isEmpty();
        assertThat(second.command()).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    }
}
