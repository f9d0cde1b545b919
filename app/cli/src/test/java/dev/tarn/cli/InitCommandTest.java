package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.cli.CommandRunner.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    private Path directory;

    @Test
    void exampleIsMadeAndTheNextCommandShown() {
        Result result = run("init", "art", "--example", "museum");

        assertThat(result).isEqualTo(new Result(0, "", """
            Made lake 'museum' in art: lake.yaml, sources/moma.yaml, .gitignore.
            Next: tarn -C art up
            """));
        assertThat(directory.resolve("art/lake.yaml")).content().contains("\nname: museum\n");
        assertThat(directory.resolve("art/sources/moma.yaml")).content().contains("database: moma");
        assertThat(directory.resolve("art/.gitignore")).content().contains(".tarn/");
    }

    @Test
    void bareLakeIsNamedLikeItsDirectory() {
        assertThat(run("init", "2nd Lake-éa").exitCode()).isZero();

        assertThat(directory.resolve("2nd Lake-éa/lake.yaml")).content().contains("\nname: lake_2nd_lake_a\n");
    }

    @Test
    void lakeIsFoundFromAFolderInside() {
        run("init", "art", "--example", "museum");

        Result result =
                new CommandRunner(directory.resolve("art/sources"), directory).run("status", "--output", "json");

        assertThat(result.out())
                .contains(
                        "\"lake\" : \"museum\"", "\"directory\" : \"" + directory.resolve("art") + "\"", "\"stopped\"");
    }

    private Result run(String... args) {
        return new CommandRunner(directory, directory).run(args);
    }
}
