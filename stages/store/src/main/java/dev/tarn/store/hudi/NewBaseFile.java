package dev.tarn.store.hudi;

import dev.tarn.store.index.FileLocation;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.hudi.common.config.TypedProperties;
import org.apache.hudi.common.model.HoodieRecord;
import org.apache.hudi.common.model.HoodieWriteStat;
import org.apache.hudi.common.schema.HoodieSchema;
import org.apache.hudi.io.HoodieCreateHandle;

/** The first base file of a new file group, which takes rows until it is closed. */
final class NewBaseFile {
    private final FileLocation location;
    private final HoodieCreateHandle<Object, ?, ?, ?> handle;
    private final HoodieSchema schema;
    private final TypedProperties properties;
    private final Function<RowWrite, HoodieRecord<Object>> toRecord;

    NewBaseFile(
            FileLocation location,
            HoodieCreateHandle<Object, ?, ?, ?> handle,
            HoodieSchema schema,
            TypedProperties properties,
            Function<RowWrite, HoodieRecord<Object>> toRecord) {
        this.location = location;
        this.handle = handle;
        this.schema = schema;
        this.properties = properties;
        this.toRecord = toRecord;
    }

    FileLocation location() {
        return location;
    }

    /** @return whether the file has room for the row; if not, it is not written */
    boolean write(RowWrite row) {
        HoodieRecord<Object> record = toRecord.apply(row);
        if (!handle.canWrite(record)) {
            return false;
        }
        handle.write(record, schema, properties);
        return true;
    }

    List<HoodieWriteStat> close() throws IOException {
        return GroupWriter.stats(handle.close());
    }
}
