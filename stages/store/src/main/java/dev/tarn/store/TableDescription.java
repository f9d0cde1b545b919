package dev.tarn.store;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.net.URI;
import java.util.List;

/**
 * What a table is, as the lake's settings say it. Its columns come with the changes.
 *
 * @param database the lake's database
 * @param table the table's name there
 * @param location the folder of the table: a path, {@code file:} or {@code s3a:}
 * @param type merge-on-read or copy-on-write
 * @param keyColumns the columns that name a row, at least one
 * @param partitionColumns the columns that choose its folder, in order; may be empty
 * @param deletes what a delete does
 * @param version the format's version on storage
 * @param codec the compression of base files
 */
public record TableDescription(
        String database,
        String table,
        URI location,
        TableType type,
        List<String> keyColumns,
        List<String> partitionColumns,
        DeleteMode deletes,
        TableVersion version,
        Codec codec) {

    public TableDescription {
        keyColumns = List.copyOf(keyColumns);
        partitionColumns = List.copyOf(partitionColumns);
        if (keyColumns.isEmpty()) {
            throw new TarnException(
                    ErrorKind.USER,
                    "STORE_KEY",
                    "Cannot keep '" + database + "." + table
                            + "': it has no key column. Name the columns that identify a row under key:.");
        }
    }

    /** Merge-on-read, hard deletes, version 6, zstd, not partitioned. */
    public static TableDescription of(String database, String table, URI location, String... keyColumns) {
        return new TableDescription(
                database,
                table,
                location,
                TableType.MERGE_ON_READ,
                List.of(keyColumns),
                List.of(),
                DeleteMode.HARD,
                TableVersion.SIX,
                Codec.ZSTD);
    }

    public TableDescription partitionedBy(String... columns) {
        return new TableDescription(
                database, table, location, type, keyColumns, List.of(columns), deletes, version, codec);
    }

    public TableDescription as(TableType newType) {
        return new TableDescription(
                database, table, location, newType, keyColumns, partitionColumns, deletes, version, codec);
    }

    public TableDescription with(DeleteMode newDeletes) {
        return new TableDescription(
                database, table, location, type, keyColumns, partitionColumns, newDeletes, version, codec);
    }

    public TableDescription in(TableVersion newVersion) {
        return new TableDescription(
                database, table, location, type, keyColumns, partitionColumns, deletes, newVersion, codec);
    }

    public TableDescription compressedBy(Codec newCodec) {
        return new TableDescription(
                database, table, location, type, keyColumns, partitionColumns, deletes, version, newCodec);
    }

    /** {@code database.table}. */
    public String fullName() {
        return database + "." + table;
    }
}
