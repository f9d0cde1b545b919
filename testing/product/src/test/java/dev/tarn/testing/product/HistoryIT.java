package dev.tarn.testing.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.testing.fixtures.Lake;
import dev.tarn.testing.fixtures.MuseumLake;
import dev.tarn.testing.fixtures.OnLake;
import dev.tarn.testing.fixtures.Tarn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The past of the lake's tables can be seen: every version of a row, and what differs between two moments. */
@OnLake(MuseumLake.class)
@Order(2)
class HistoryIT {
    private static final String ID = "990001";

    @BeforeAll
    static void makeTable(Lake lake) throws Exception {
        Database.execute(lake, Database.MUSEUM + """
                INSERT INTO artists (artist_id, name, nationality) VALUES (990000, 'Anna', 'Dutch');
                """);
        await().atMost(Duration.ofMinutes(4))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(values(history(lake, "990000"), "instant")).hasSize(1));
    }

    @Test
    void fiveUpdatesAndADeleteOfAnArtistAreInHistoryAndDiff(Lake lake) throws Exception {
        Database.execute(lake, """
                INSERT INTO artists (artist_id, name, nationality, birth_year) VALUES (%s, 'Judith', 'Dutch', 1600);
                """.formatted(ID));
        awaitVersions(lake, 1);
        List<String> updates = List.of(
                "birth_year = 1609",
                "name = 'Judith Leyster'",
                "death_year = 1660",
                "nationality = 'Haarlem'",
                "nationality = 'Dutch', gender = 'female'");
        for (int i = 0; i < updates.size(); i++) {
            Database.execute(lake, "UPDATE artists SET " + updates.get(i) + " WHERE artist_id = " + ID);
            awaitVersions(lake, i + 2);
        }
        Object created = instants(lake).get(5);
        Database.execute(lake, "DELETE FROM artists WHERE artist_id = " + ID);
        awaitVersions(lake, 7);

        Map<String, Object> history = history(lake, ID);
        assertThat(values(history, "operation"))
                .containsExactly("soft-delete", "update", "update", "update", "update", "update", "create");
        assertThat(values(history, "changes").get(5)).hasToString("[{column=birth_year, old=1600, now=1609}]");
        assertThat(values(history, "changes").get(1))
                .hasToString("[{column=nationality, old=Haarlem, now=Dutch}, {column=gender, old=null, now=female}]");
        assertThat(values(history, "sourceTime"))
                .allMatch(time -> String.valueOf(time).startsWith("20"));
        assertThat(lake.run("table", "history", "artists_cow", ID, "-n", "1").out())
                .contains("soft-delete");

        Map<String, Object> diff =
                json(lake.run("table", "diff", "artists", "--from", String.valueOf(created), "--output", "json"));
        assertThat(diff.get("rows"))
                .asString()
                .contains("{change=removed, key={artist_id=" + ID + "}, columns=[{column=name, old=Judith, now=null}");
        Map<String, Object> changes =
                json(lake.run("table", "changes", "artists", "--since", String.valueOf(created), "--output", "json"));
        assertThat(changes.get("rows")).asString().contains("operation=soft-delete, key={artist_id=" + ID + "}");
    }

    @Test
    void changesOfOneCommitAreOneVersionButEachIsInRawObjects(Lake lake) throws Exception {
        String id = changedThriceInOneCommit(lake);

        // Raw objects are finished every two seconds in this lake.
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> {
                    Map<String, Object> every =
                            json(lake.run("table", "history", "artists", id, "--every", "--output", "json"));
                    assertThat(values(every, "operation")).containsExactly("update", "update", "create");
                    assertThat(values(every, "changes").get(0)).hasToString("[{column=birth_year, old=2, now=3}]");
                });
    }

    @Test
    void whatCannotBeShownIsExplained(Lake lake) {
        Tarn.Result unknown = lake.run("table", "history", "artists", "-n", "1", "990099");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .startsWith("Cannot show the history of row '990099' of table 'moma.artists': ")
                .endsWith(" Its key is artist_id. [ROW_UNKNOWN]\n");

        Tarn.Result early = lake.run("table", "diff", "artists", "--from", "2001-01-01");
        assertThat(early.exitCode()).isEqualTo(2);
        assertThat(early.err())
                .startsWith("Cannot read table 'moma.artists' as of 2001-01-01T00:00:00Z: its history ")
                .endsWith(" shows the commits. [HISTORY_GONE]\n");
    }

    /**
     * A row that one transaction made and changed twice. Its changes come within milliseconds, and so in one commit, unless
     * the machine stalls just then: the guide promises one version for each commit, not for each transaction.
     */
    private static String changedThriceInOneCommit(Lake lake) throws Exception {
        for (int id = 990_020; id < 990_025; id++) {
            String key = Integer.toString(id);
            Database.execute(lake, """
                    INSERT INTO artists (artist_id, name, birth_year) VALUES (%1$s, 'Clara', 1);
                    UPDATE artists SET birth_year = 2 WHERE artist_id = %1$s;
                    UPDATE artists SET birth_year = 3 WHERE artist_id = %1$s;
                    """.formatted(key));
            String sql = "SELECT birth_year FROM moma.artists WHERE artist_id = " + key;
            await().atMost(Duration.ofMinutes(4))
                    .untilAsserted(() -> assertThat(
                                    lake.run("sql", sql, "--output", "csv").out())
                            .isEqualTo("birth_year\n3\n"));
            if (values(history(lake, key), "changes").size() == 1) {
                return key;
            }
        }
        throw new AssertionError("five transactions in a row were each spread over commits");
    }

    private static void awaitVersions(Lake lake, int count) {
        await().atMost(Duration.ofMinutes(4))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(instants(lake)).hasSize(count));
    }

    private static List<Object> instants(Lake lake) throws IOException {
        return values(history(lake, ID), "instant");
    }

    private static Map<String, Object> history(Lake lake, String key) throws IOException {
        return json(lake.run("table", "history", "artists", key, "--output", "json"));
    }

    @SuppressWarnings("unchecked") // The shape of the command's JSON.
    private static List<Object> values(Map<String, Object> history, String field) {
        List<Map<String, Object>> versions = (List<Map<String, Object>>) history.getOrDefault("versions", List.of());
        return versions.stream().map(version -> version.getOrDefault(field, "")).toList();
    }

    private static Map<String, Object> json(Tarn.Result result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return JSON.std.mapFrom(result.out());
    }
}
