package dev.tarn.collect;

import static dev.tarn.collect.Tables.EMBEDDED;
import static dev.tarn.collect.Tables.EXTERNAL;
import static dev.tarn.collect.Tables.entry;
import static dev.tarn.collect.Tables.source;
import static dev.tarn.collect.Tables.table;
import static dev.tarn.collect.Tables.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.settings.source.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CapturePlanTest {
    @Test
    void entriesAndPatternsTakeTheirTables() {
        CapturePlan plan = CapturePlan.of(
                source(EMBEDDED, entry("public.artists"), entry("sales.*")),
                view(table("public", "artists", "id"), table("public", "other", "id"), table("sales", "orders", "id")));

        assertThat(plan.tables())
                .extracting(each -> each.table().fullName())
                .containsExactly("public.artists", "sales.orders");
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.missing()).isEmpty();
    }

    @Test
    void embeddedSourceWaitsForANamedTable() {
        CapturePlan plan = CapturePlan.of(source(EMBEDDED, entry("public.artists")), view());

        assertThat(plan.missing()).hasToString("[public.artists]");
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void patternWithoutATableHoldsNobodyUpUnlessItIsAll() {
        assertThat(CapturePlan.of(
                                source(EMBEDDED, entry("public.artists"), entry("later.*")),
                                view(table("public", "artists", "id")))
                        .missing())
                .isEmpty();
        assertThat(CapturePlan.of(source(EMBEDDED, entry("later.*")), view()).missing())
                .hasToString("[later.*]");
    }

    @Test
    void unknownTableOfADatabaseElsewhereNamesTheNearest() {
        assertThat(problems(entry("public.artist"), table("public", "artists", "id")))
                .containsExactly("there is no table 'public.artist' in the database; did you mean 'public.artists'?");
    }

    @Test
    void allProblemsAreToldTogether() {
        SourceTable artists = new SourceTable(
                "public",
                "artists",
                "",
                List.of(
                        new SourceColumn("id", "int", "", 1, false, null),
                        new SourceColumn("nation", "text", "", 2, false, null),
                        new SourceColumn("area", "box", "", 3, false, "which has no counterpart in the lake")),
                List.of(),
                Set.of(),
                false,
                false);

        CapturePlan plan = CapturePlan.of(
                source(EXTERNAL, entry("public.artists", List.of(), List.of("nations"), null)),
                new DatabaseView(
                        List.of(artists), List.of("the database's wal_level is 'replica'."), Optional.empty()));

        assertThat(plan.problems())
                .containsExactly(
                        "the database's wal_level is 'replica'.",
                        "table 'public.artists' may not be read by the source's user. GRANT SELECT ON public.artists to"
                                + " it.",
                        "table 'public.artists' has no column 'nations' for partition:; did you mean 'nation'?",
                        "table 'public.artists' has no primary key. Give it one, or name the columns that tell its rows"
                                + " apart with key: in sources/moma.yaml.",
                        "column 'public.artists.area' has type box, which has no counterpart in the lake. Change the"
                                + " type, or leave the column out with options: {column.exclude.list:"
                                + " \"public.artists.area\"} in sources/moma.yaml.");
    }

    @Test
    void keyThatTheDatabaseDoesNotTellOfADeletedRow() {
        assertThat(problems(
                        entry("public.artists", List.of("name"), List.of(), null),
                        table("public", "artists", "id", "name")))
                .containsExactly("table 'public.artists' does not tell its key [name] when a row is updated or deleted."
                        + " Run: ALTER TABLE public.artists REPLICA IDENTITY FULL.");
    }

    @Test
    void columnThatIsLeftOutMayHaveAnyType() {
        SourceTable artists = new SourceTable(
                "public",
                "artists",
                "",
                List.of(
                        new SourceColumn("id", "int", "", 4, false, null),
                        new SourceColumn("area", "box", "", 5, false, "which is odd")),
                List.of("id"),
                Set.of("id"),
                true,
                false);

        assertThat(CapturePlan.of(
                                source(
                                        EMBEDDED,
                                        Map.of("column.exclude.list", "public\\.other\\.x, public.artists.area"),
                                        Set.of(),
                                        entry("public.artists")),
                                view(artists))
                        .problems())
                .isEmpty();
    }

    @Test
    void columnsThatWouldBeOneField() {
        assertThat(problems(entry("public.artists"), table("public", "artists", "id", "a b", "a-b")))
                .containsExactly("table 'public.artists' has columns 'a b' and 'a-b', which would both be 'a_b' in the"
                        + " lake. Rename one of them, or leave one out with options: {column.exclude.list:"
                        + " \"public.artists.a-b\"} in sources/moma.yaml.");
    }

    @Test
    @Tag("case:reserved-column-names")
    void columnsThatDifferOnlyByCase() {
        assertThat(problems(entry("public.artists"), table("public", "artists", "id", "Id")))
                .containsExactly(
                        "table 'public.artists' has columns 'id' and 'Id', which would both be 'Id' in the lake,"
                                + " where case does not count. Rename one of them, or leave one out with options:"
                                + " {column.exclude.list: \"public.artists.Id\"} in sources/moma.yaml.");
    }

    @Test
    @Tag("case:reserved-column-names")
    void columnThatIsCalledAsOneOfTheLake() {
        for (String name : List.of("__op", "__LSN", "_hoodie_record_key", "__source-ts_ms")) {
            assertThat(problems(entry("public.artists"), table("public", "artists", "id", name)))
                    .containsExactly(
                            "column 'public.artists." + name + "' has a name that the lake keeps for columns of"
                                    + " its own. Rename it, or leave the column out with options: {column.exclude.list:"
                                    + " \"public.artists." + name + "\"} in sources/moma.yaml.");
        }
        assertThat(CapturePlan.of(
                                source(
                                        EMBEDDED,
                                        Map.of("column.exclude.list", "public.artists.__op"),
                                        Set.of(),
                                        entry("public.artists")),
                                view(table("public", "artists", "id", "__op")))
                        .problems())
                .isEmpty();
    }

    @Test
    @Tag("case:generated-columns")
    void columnThatChangesComeWithout() {
        SourceTable artists = table("public", "artists", "id");
        SourceTable generated = new SourceTable(
                "public",
                "artists",
                "",
                List.of(artists.columns().get(0), new SourceColumn("twice", "integer", "", 2, true, null, true)),
                artists.primaryKey(),
                artists.identity(),
                true,
                false);

        assertThat(problems(entry("public.artists"), generated))
                .containsExactly("column 'public.artists.twice' is generated, and changes come without such columns: it"
                        + " would be right in the first copy and null after a change. To take the table, leave the column"
                        + " out with options: {column.exclude.list: \"public.artists.twice\"} in sources/moma.yaml.");
    }

    @Test
    void tableThatHidesRows() {
        SourceTable artists = table("public", "artists", "id");
        SourceTable hiding = new SourceTable(
                "public", "artists", "", artists.columns(), artists.primaryKey(), artists.identity(), true, true);

        assertThat(problems(entry("public.artists"), hiding))
                .containsExactly(
                        "table 'public.artists' hides rows from the source's user by row security, so that a copy"
                                + " would lack them. Have a superuser run ALTER ROLE … BYPASSRLS for that user, or take the table"
                                + " out of sources/moma.yaml.");
    }

    @Test
    void tableOfAPatternWhoseNameTheLakeDoesNotTake() {
        assertThat(problems(entry("public.*"), table("public", "my table", "id")))
                .containsExactly(
                        "table 'public.my table' cannot be called 'my table' in the lake: a table's name must be"
                                + " a letter and up to 127 letters, digits or _. Give it an entry of its own with into: in"
                                + " sources/moma.yaml.");
    }

    @Test
    void tablesOfBothTypesHaveTwoNames() {
        CapturedTable both = new CapturedTable(
                table("public", "artists", "id"),
                entry(
                        "public.artists",
                        List.of(),
                        List.of(),
                        "painters",
                        TableType.MERGE_ON_READ,
                        TableType.COPY_ON_WRITE));

        assertThat(both.lakeTables()).extracting(LakeTable::name).containsExactly("painters", "painters_cow");
    }

    @Test
    void twoTablesWithOneNameInTheLake() {
        SharedNames names = new SharedNames();
        CapturedTable first = new CapturedTable(table("a", "orders", "id"), entry("a.*"));
        CapturedTable second = new CapturedTable(table("b", "Orders", "id"), entry("b.*"));

        assertThat(names.claim("shop", List.of(first, second)))
                .containsExactly("table 'b.Orders' would be 'Orders' in the lake, as 'shop: a.orders' is already. Give"
                        + " one of them another name with into: in sources/shop.yaml.");
    }

    @Test
    void twoSourcesWithOneTopic() {
        SharedNames names = new SharedNames();
        CapturedTable first = new CapturedTable(table("a", "orders", "id"), entry("a.*"));
        CapturedTable second =
                new CapturedTable(table("a", "orders", "id"), entry("a.orders", List.of(), List.of(), "more_orders"));
        assertThat(names.claim("east", List.of(first))).isEmpty();

        assertThat(names.claim("west", List.of(second)))
                .containsExactly(
                        "table 'a.orders' would share its topic with 'east: a.orders'. Leave one of them out, or"
                                + " take the second into a lake of its own.");
    }

    private static List<String> problems(dev.tarn.settings.source.TableSettings entry, SourceTable... tables) {
        return CapturePlan.of(source(EXTERNAL, entry), view(tables)).problems();
    }
}
