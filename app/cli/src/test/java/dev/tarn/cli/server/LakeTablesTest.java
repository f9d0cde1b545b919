package dev.tarn.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LakeTablesTest {
    private final TableNames artworks =
            new TableNames("museum", "artworks", List.of("artworks", "artworks_ro", "artworks_rt"));
    private final TableNames artists = new TableNames("museum", "artists", List.of("artists"));
    private final TableNames others = new TableNames("rentals", "artists", List.of("artists"));
    private final List<TableNames> all = List.of(artworks, artists, others);

    @Test
    void tableIsChosenByItsNameAloneWhereThatIsEnough() {
        assertThat(LakeTables.choose("artworks", all)).isEqualTo(artworks);
        assertThat(LakeTables.choose("museum.artworks_ro", all)).isEqualTo(artworks);
        assertThat(LakeTables.choose("rentals.artists", all)).isEqualTo(others);
        assertThatThrownBy(() -> LakeTables.choose("artists", all))
                .hasMessage("Cannot choose table 'artists': there are museum.artists and rentals.artists. Name one with"
                        + " its database. [TABLE_AMBIGUOUS]");
    }

    @Test
    void unknownTableSuggestsTheNearest() {
        assertThatThrownBy(() -> LakeTables.choose("artwork", all))
                .hasMessage("Cannot find table 'artwork'. Did you mean 'artworks'? [TABLE_UNKNOWN]");
        assertThatThrownBy(() -> LakeTables.choose("museum.artis", all))
                .hasMessage("Cannot find table 'museum.artis'. Did you mean 'museum.artists'? [TABLE_UNKNOWN]");
        assertThatThrownBy(() -> LakeTables.choose("x", List.of()))
                .hasMessage("Cannot find table 'x'. 'tarn table list' shows those that there are. [TABLE_UNKNOWN]");
    }

    @Test
    void columnsOfOneNameAreKeptApart() throws Exception {
        QueryResult result = QueryResult.parse(JsonFields.parse("""
            {"columns":[{"name":"a","type":"int"},{"name":"a","type":"int"}],"rows":[[1,null]],"truncated":false}"""));

        Map<String, Object> row = result.objects().get(0);
        assertThat(row).containsEntry("a", 1).containsEntry("a_2", null);
    }
}
