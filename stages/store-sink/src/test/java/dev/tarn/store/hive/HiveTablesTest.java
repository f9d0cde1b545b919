package dev.tarn.store.hive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.Column;
import dev.tarn.store.ColumnType;
import dev.tarn.store.ColumnType.Scalar;
import dev.tarn.store.Columns;
import dev.tarn.store.TableDescription;
import java.net.URI;
import java.util.Map;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Table;
import org.junit.jupiter.api.Test;

class HiveTablesTest {
    private static final Columns COLUMNS = Columns.of(
            new Column("artist_id", Scalar.INT),
            new Column("nationality", Scalar.STRING),
            new Column("born", Scalar.TIMESTAMP),
            new Column("height", new ColumnType.Decimal(12, 4)),
            new Column("aliases", new ColumnType.ListOf(Scalar.LONG)));

    private final HiveTables tables = new HiveTables(
            TableDescription.of("moma", "artists", URI.create("file:/lake/moma/artists"), "artist_id")
                    .partitionedBy("nationality"),
            "moma: public.artists",
            Map.of("artist_id", "Number \"on the card\""));

    @Test
    void partitionColumnsStandApartAndEveryTypeHasHivesName() {
        Table table = tables.table("artists", COLUMNS, true);

        assertThat(table.getPartitionKeys()).extracting(FieldSchema::getName).containsExactly("nationality");
        assertThat(table.getSd().getCols())
                .extracting(FieldSchema::getName)
                .contains("_hoodie_commit_time", "artist_id", "born", "height", "aliases")
                .doesNotContain("nationality");
        assertThat(table.getSd().getCols())
                .extracting(FieldSchema::getType)
                .contains("int", "timestamp", "decimal(12,4)", "array<bigint>");
    }

    @Test
    void sparksSchemaIsJsonWithCommentsAndPartitionColumnsLast() {
        String schema = tables.table("artists", COLUMNS, true).getParameters().get("spark.sql.sources.schema.part.0");

        assertThat(schema)
                .startsWith("{\"type\":\"struct\",\"fields\":[{\"name\":\"_hoodie_commit_time\",\"type\":\"string\"")
                .contains("{\"name\":\"artist_id\",\"type\":\"integer\",\"nullable\":true,"
                        + "\"metadata\":{\"comment\":\"Number \\\"on the card\\\"\"}}")
                .contains("\"type\":{\"type\":\"array\",\"elementType\":\"long\",\"containsNull\":true}")
                .endsWith("{\"name\":\"nationality\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}]}");
    }

    @Test
    void readOptimizedViewReadsBaseFilesAndTheOthersLogsToo() {
        Table snapshot = tables.table("artists_rt", COLUMNS, true);
        Table readOptimized = tables.table("artists_ro", COLUMNS, false);

        assertThat(snapshot.getSd().getInputFormat()).endsWith("HoodieParquetRealtimeInputFormat");
        assertThat(readOptimized.getSd().getInputFormat()).endsWith(".HoodieParquetInputFormat");
        assertThat(readOptimized.getSd().getSerdeInfo().getParameters())
                .containsEntry("hoodie.query.as.ro.table", "true");
        assertThat(snapshot.getParameters()).containsEntry("tarn.source", "moma: public.artists");
    }

    @Test
    void partitionHasItsValueInClearAndItsFolderEscaped() {
        Table table = tables.table("artists", COLUMNS, true);

        assertThat(tables.partition(table, "nationality=a%2Fb+c"))
                .satisfies(partition -> assertThat(partition.getValues()).containsExactly("a/b+c"))
                .satisfies(partition -> assertThat(partition.getSd().getLocation())
                        .isEqualTo("file:/lake/moma/artists/nationality=a%2Fb+c"));
    }
}
