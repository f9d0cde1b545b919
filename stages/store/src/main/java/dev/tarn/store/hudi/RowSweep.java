package dev.tarn.store.hudi;

import dev.tarn.store.DeleteMode;
import dev.tarn.store.MetadataColumns;
import dev.tarn.store.Operation;
import dev.tarn.store.RowsGone;
import dev.tarn.store.TableDescription;
import dev.tarn.store.index.RowOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Finds the rows of a file group whose last change is before a position, and says how each is to be deleted. */
final class RowSweep {
    private final TableDescription table;
    private final RowLayout layout;
    private final SliceReader reader;
    private final String upTo;
    private final List<Integer> places;
    private final int deletedPlace;

    RowSweep(TableDescription table, RowLayout layout, SliceReader reader, String upTo) {
        this.table = table;
        this.layout = layout;
        this.reader = reader;
        this.upTo = upTo;
        this.deletedPlace = layout.columns().position(MetadataColumns.DELETED);
        this.places = table.deletes() == DeleteMode.SOFT
                ? IntStream.range(0, layout.columns().size())
                        .filter(layout::isKeptBySoftDelete)
                        .boxed()
                        .toList()
                : List.of(layout.lsnPlace(), layout.operationPlace());
    }

    /** The deletes of those rows of a file group that are gone. */
    List<RowWrite> deletes(RowsGone gone, FileGroup group) throws IOException {
        List<Schema.Field> fields =
                places.stream().map(layout.schema().getFields()::get).toList();
        List<RowWrite> deletes = new ArrayList<>();
        reader.read(group, fields, upTo, row -> {
            RowWrite delete = delete(row, gone, group);
            if (delete != null) {
                deletes.add(delete);
            }
            return true;
        });
        return deletes;
    }

    private @Nullable RowWrite delete(IndexedRecord row, RowsGone gone, FileGroup group) {
        @Nullable Object[] values = new Object[layout.columns().size()];
        for (int i = 0; i < places.size(); i++) {
            Schema type = layout.schema().getFields().get(places.get(i)).schema();
            // Copied, since the reader may use its buffers again for the next row.
            values[places.get(i)] = GenericData.get().deepCopy(type, row.get(i + 1));
        }
        long last = (Long) Objects.requireNonNull(values[layout.lsnPlace()]);
        boolean deletedBefore = "true".equals(String.valueOf(values[deletedPlace]));
        if (last >= gone.lsn() || deletedBefore) {
            return null;
        }
        String key = row.get(0).toString();
        String partition = group.location().partition();
        boolean truncated = gone.how() == RowsGone.How.TRUNCATED;
        long order = truncated ? RowOrder.ofChange(gone.lsn()) : RowOrder.ofCopy(gone.lsn());
        if (table.deletes() == DeleteMode.HARD) {
            return new RowWrite(key, partition, group.location(), null, order);
        }
        values[layout.lsnPlace()] = gone.lsn();
        values[layout.operationPlace()] = (truncated ? Operation.DELETE : Operation.READ).letter();
        values[layout.columns().position(MetadataColumns.SOURCE_TIME)] = gone.sourceMillis();
        values[deletedPlace] = "true";
        return new RowWrite(key, partition, group.location(), values, order);
    }
}
