package dev.tarn.generate.museum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MuseumLoadTest {
    private final List<String> calls = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final MuseumLoad.Database database = new MuseumLoad.Database() {
        @Override
        public void execute(String sql) {
            calls.add(sql);
        }

        @Override
        public void copy(String sql, Reader text) throws IOException {
            StringWriter out = new StringWriter();
            text.transferTo(out);
            calls.add(sql);
            texts.add(out.toString());
        }
    };

    @Test
    void tablesAreMadeDescribedAndFilledWithProgress() throws SQLException, IOException {
        List<String> progress = new ArrayList<>();

        new MuseumLoad(new MuseumData(1, 20, 2500))
                .into(database, (table, rows, total) -> progress.add(table + " " + rows + "/" + total));

        assertThat(calls.get(0))
                .isEqualTo("CREATE TABLE artists (artist_id integer PRIMARY KEY, name text NOT NULL, nationality text,"
                        + " gender text, birth_year integer, death_year integer)");
        assertThat(calls)
                .contains(
                        "COMMENT ON COLUMN artists.artist_id IS 'The museum''s number of the artist'",
                        "COMMENT ON TABLE artworks IS 'Works in the museum''s collection'")
                .anyMatch(call -> call.contains("height_cm numeric(18,10)") && call.contains("acquisition_date date"))
                .endsWith(MuseumTable.ARTWORKS.copyStatement());
        assertThat(texts).extracting(text -> text.lines().count()).containsExactly(20L, 2500L);
        assertThat(progress)
                .containsExactly("ARTISTS 20/20", "ARTWORKS 1000/2500", "ARTWORKS 2000/2500", "ARTWORKS 2500/2500");
    }

    @Test
    void copyTextEscapesWhatPostgresWouldTakeForItself() throws IOException {
        List<Row> rows = new ArrayList<>(
                List.of(new Row(Arrays.asList("1", null, "a\tb\\N\nc\rd", "É|\"")), new Row(List.of("", "x"))));
        StringWriter out = new StringWriter();
        try (CopyText text = new CopyText(
                new Rows() {
                    @Override
                    public @Nullable Row next() {
                        return rows.isEmpty() ? null : rows.remove(0);
                    }

                    @Override
                    public void close() {
                        rows.clear();
                    }
                },
                count -> {})) {
            for (int character = text.read(); character >= 0; character = text.read()) {
                out.write(character);
            }
            assertThat(text.count()).isEqualTo(2);
        }

        assertThat(out).hasToString("1\t\\N\ta\\tb\\\\N\\nc\\rd\tÉ|\"\n\tx\n");
    }
}
