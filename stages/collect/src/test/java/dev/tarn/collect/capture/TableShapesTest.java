package dev.tarn.collect.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.collect.SourceColumn;
import dev.tarn.collect.SourceTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableShapesTest {
    private static final SourceColumn ID = column("id", "integer", 1, false);
    private static final SourceColumn NAME = column("name: the\tlong one", "text", 2, true);

    @TempDir
    Path folder;

    @Test
    void tableIsCopiedAgainWhenEveryRowOfItChangedWithoutAWord() throws IOException {
        remember(ID, NAME);

        assertThat(changedTo(ID, NAME)).as("nothing").isEmpty();
        assertThat(changedTo(ID)).as("dropped").isEmpty();
        assertThat(changedTo(ID, NAME, column("note", "text", 3, false)))
                .as("added empty")
                .isEmpty();
        assertThat(changedTo(ID, NAME, column("rank", "integer", 3, true)))
                .as("added with a default")
                .hasSize(1);
        assertThat(changedTo(ID, column("title", "text", 2, true)))
                .as("renamed")
                .hasSize(1);
        assertThat(changedTo(column("id", "bigint", 1, false), NAME))
                .as("another type")
                .hasSize(1);
        assertThat(changedTo(ID, column("name: the\tlong one", "text", 2, false)))
                .as("lost its default")
                .isEmpty();
        assertThat(changedTo(ID, column("name: the\tlong one", "text", 4, false)))
                .as("dropped and added empty")
                .isEmpty();
    }

    @Test
    void tableThatIsNewIsRememberedAsItIs() throws IOException {
        assertThat(changedTo(ID, NAME)).isEmpty();
        remember(ID, NAME);
        remember(ID, column("title", "text", 2, true));

        assertThat(changedTo(ID, column("title", "text", 2, true))).isEmpty();
        assertThat(changedTo(ID, NAME)).containsExactly("public.artists");
    }

    @Test
    void columnsThatChangeWhileTheFirstCopyRunsAreNoticed() throws IOException {
        new TableShapes(folder.resolve("state/moma.shapes")).begin(List.of(table(ID)));
        new TableShapes(folder.resolve("state/moma.shapes")).begin(List.of(table(ID, NAME)));

        assertThat(changedTo(ID, NAME)).containsExactly("public.artists");
    }

    private void remember(SourceColumn... columns) throws IOException {
        new TableShapes(folder.resolve("state/moma.shapes")).remember(List.of(table(columns)));
    }

    private List<String> changedTo(SourceColumn... columns) throws IOException {
        return new TableShapes(folder.resolve("state/moma.shapes")).changed(List.of(table(columns)));
    }

    private static SourceTable table(SourceColumn... columns) {
        return new SourceTable("public", "artists", "", List.of(columns), List.of("id"), Set.of("id"), true, false);
    }

    private static SourceColumn column(String name, String type, int number, boolean hasDefault) {
        return new SourceColumn(name, type, "", number, hasDefault, null);
    }
}
