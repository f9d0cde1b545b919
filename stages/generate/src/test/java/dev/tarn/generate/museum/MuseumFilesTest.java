package dev.tarn.generate.museum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MuseumFilesTest {
    @TempDir
    private Path folder;

    @Test
    void filesThatAMuseumWasWrittenToGiveTheSameRows() throws IOException {
        Museum museum = new MuseumData(5, 50, 500);
        write(museum);

        MuseumFiles files = MuseumFiles.check(folder);

        for (MuseumTable table : MuseumTable.values()) {
            assertThat(MuseumDataTest.rows(files, table)).isEqualTo(MuseumDataTest.rows(museum, table));
            assertThat(files.count(table)).isEqualTo(museum.count(table));
        }
    }

    @Test
    void realFilesFit() throws IOException {
        Path real = real();
        assumeTrue(Files.isDirectory(real), "skipped: the museum's real files are not at " + real);

        MuseumFiles files = MuseumFiles.check(real);

        assertThat(files.count(MuseumTable.ARTISTS)).isEqualTo(1000);
        assertThat(files.count(MuseumTable.ARTWORKS)).isEqualTo(5000);
        assertThat(MuseumDataTest.rows(files, MuseumTable.ARTWORKS))
                .anySatisfy(row -> assertThat(row.values().get(8)).contains(" | "))
                .anySatisfy(row -> assertThat(row.values().get(15)).isEqualTo("55.8801"));
    }

    @Test
    void missingDirectoryFileAndHeaderAreNamed() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> MuseumFiles.check(nowhere))
                .hasMessage("Cannot read '" + nowhere + "': there is no such directory. Name one that holds artists.csv"
                        + " and artworks.csv.");
        Path artists = folder.resolve("artists.csv");
        assertThatThrownBy(() -> MuseumFiles.check(folder))
                .hasMessage("Cannot read '" + artists + "': there is no such file. It holds the table artists.");
        Files.writeString(artists, "");
        assertThatThrownBy(() -> MuseumFiles.check(folder))
                .hasMessage("Cannot read '" + artists + "': it is empty. Its first line must be"
                        + " artist_id|name|nationality|gender|birth_year|death_year");
        Files.writeString(artists, "id,name\n1,x\n");
        assertThatThrownBy(() -> MuseumFiles.check(folder))
                .hasMessage("Cannot read '" + artists + "': line 1 is 'id,name', not the header. It must be"
                        + " artist_id|name|nationality|gender|birth_year|death_year");
    }

    @Test
    void textThatIsNotUtf8IsNamed() throws IOException {
        Path artists = folder.resolve("artists.csv");
        Files.write(artists, (MuseumTable.ARTISTS.header() + "\n1|Käthe||||\n").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> MuseumFiles.check(folder))
                .hasMessageStartingWith("Cannot read '" + artists + "': near line ")
                .hasMessageEndingWith("it is not UTF-8. Convert it to UTF-8.");
    }

    private void write(Museum museum) throws IOException {
        for (MuseumTable table : MuseumTable.values()) {
            List<String> lines = new ArrayList<>(List.of(table.header()));
            MuseumDataTest.rows(museum, table).forEach(row -> lines.add(row.toLine()));
            Files.write(folder.resolve(table.tableName() + ".csv"), lines);
        }
    }

    /** Beside the checkout, whose root is the folder upwards that has the launcher. */
    private static Path real() {
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        return root.resolve("../shared/data/moma").normalize();
    }
}
