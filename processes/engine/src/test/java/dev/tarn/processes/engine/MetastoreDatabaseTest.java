package dev.tarn.processes.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That Hive works with such a database is what every test on {@link TestSpark} shows. */
class MetastoreDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void databaseIsCopiedWholeAlsoWhereAProcessWasKilledWhileItCopied() throws IOException {
        Path database = folder.resolve("metastore");
        Path draft = Files.createDirectories(folder.resolve("metastore.draft"));
        Files.writeString(draft.resolve("half"), "of a file");

        MetastoreDatabase.createIfAbsent(database);

        assertThat(database.resolve("service.properties")).exists();
        assertThat(database.resolve("seg0"))
                .isDirectoryContaining(file -> file.toString().endsWith(".dat"));
        assertThat(database.resolve("half")).doesNotExist();
        assertThat(draft).doesNotExist();
    }

    @Test
    void databaseThatIsThereStaysAsItIs() throws IOException {
        Path database = Files.createDirectories(folder.resolve("metastore"));
        Files.writeString(database.resolve("service.properties"), "ours");

        MetastoreDatabase.createIfAbsent(database);

        assertThat(database).isDirectoryContaining("glob:**/service.properties");
        assertThat(database.resolve("service.properties")).hasContent("ours");
        assertThat(database.resolve("seg0")).doesNotExist();
    }
}
