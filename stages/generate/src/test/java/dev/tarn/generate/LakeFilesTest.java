package dev.tarn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LakeFilesTest {
    @TempDir
    private Path directory;

    @Test
    void bareLakeHasItsNameAndIgnoresItsState() throws IOException {
        LakeFiles.bare("shop").write(directory.resolve("deep/shop"));

        assertThat(directory.resolve("deep/shop/lake.yaml")).content().contains("\nname: shop\n");
        assertThat(directory.resolve("deep/shop/.gitignore")).content().contains(".tarn/");
    }

    @Test
    void museumHasItsSource() throws IOException {
        LakeFiles.of(ExampleLake.MUSEUM).write(directory);

        assertThat(directory.resolve("lake.yaml")).content().contains("\nname: museum\n");
        assertThat(directory.resolve("sources/moma.yaml"))
                .content()
                .contains("table: public.artists\n    partition: [nationality]")
                .contains("table: public.artworks\n    partition: [classification]");
    }

    @ParameterizedTest
    @EnumSource
    void everyExampleIsFoundByItsNameAndCanBeWritten(ExampleLake example) throws IOException {
        LakeFiles.of(example).write(directory);

        assertThat(ExampleLake.find(example.lakeName())).contains(example);
        assertThat(LakeFiles.of(example).paths())
                .allSatisfy(path -> assertThat(directory.resolve(path)).isNotEmptyFile());
    }

    @Test
    void fileThatIsThereIsNeverOverwritten() throws IOException {
        Files.writeString(directory.resolve("lake.yaml"), "mine");

        assertThatThrownBy(() -> LakeFiles.bare("shop").write(directory))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(directory.resolve("lake.yaml")).hasContent("mine");
    }
}
