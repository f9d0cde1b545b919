package dev.tarn.collect.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * One file of a group while it is written. Avro keeps metadata at the beginning of a file, but the group's end is known
 * last: so the blocks go to a spool first, and {@link #seal} puts them behind the final header as they are.
 */
final class RawFile {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RawPath path;
    private final Schema schema;
    private final String schemaId;
    private final CodecFactory codec;
    private final Path spool;
    private final OutputStream out;
    private final byte[] sync;
    private final long spoolHeaderBytes;
    private final DataFileWriter<GenericRecord> writer;
    private final RecordIndex index = new RecordIndex();

    private RawFile(
            RawPath path,
            Schema schema,
            String schemaId,
            CodecFactory codec,
            Path spool,
            OutputStream out,
            byte[] sync,
            long spoolHeaderBytes,
            DataFileWriter<GenericRecord> writer) {
        this.path = path;
        this.schema = schema;
        this.schemaId = schemaId;
        this.codec = codec;
        this.spool = spool;
        this.out = out;
        this.sync = sync;
        this.spoolHeaderBytes = spoolHeaderBytes;
        this.writer = writer;
    }

    /**
     * Opens a file.
     *
     * @param schemaId the registry's id of the schema; empty for a schema of our own
     * @param drafts the folder of the partition's drafts
     */
    static RawFile open(RawPath path, Schema schema, String schemaId, CodecFactory codec, Path drafts)
            throws IOException {
        byte[] sync = new byte[16];
        RANDOM.nextBytes(sync);
        Path spool = drafts.resolve(draftName(path) + ".spool");
        OutputStream out = Files.newOutputStream(spool);
        try {
            DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema));
            writer.setCodec(codec).create(schema, out, sync).flush();
            return new RawFile(path, schema, schemaId, codec, spool, out, sync, Files.size(spool), writer);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    RawPath path() {
        return path;
    }

    /** Adds a record that is encoded already. */
    void append(ByteBuffer encoded, long offset, long timestamp) throws IOException {
        writer.appendEncoded(encoded);
        index.add(offset, timestamp);
    }

    /** Adds a record of a schema of our own. */
    void append(GenericRecord side, long offset, long timestamp) throws IOException {
        writer.append(side);
        index.add(offset, timestamp);
    }

    /** Writes the whole file as it will be published, and forces it to the disk. */
    Path seal(GroupNote group) throws IOException {
        writer.close();
        Path sealed = spool.resolveSibling(draftName(path));
        try (FileChannel whole = FileChannel.open(
                sealed, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeHeader(group, Channels.newOutputStream(whole));
            try (FileChannel blocks = FileChannel.open(spool, StandardOpenOption.READ)) {
                long end = blocks.size();
                long position = spoolHeaderBytes;
                while (position < end) {
                    position += blocks.transferTo(position, end - position, whole);
                }
            }
            whole.force(true);
        }
        Files.delete(spool);
        return sealed;
    }

    private void writeHeader(GroupNote group, OutputStream whole) throws IOException {
        DataFileWriter<GenericRecord> header = new DataFileWriter<>(new GenericDatumWriter<>(schema));
        header.setCodec(codec);
        header.setMeta("tarn.topic", path.topic()).setMeta("tarn.partition", path.partition());
        if (!schemaId.isEmpty()) {
            header.setMeta("tarn.schema.id", schemaId);
        }
        header.setMeta("tarn.first.offset", index.first())
                .setMeta("tarn.last.offset", index.last())
                .setMeta("tarn.records", index.count())
                .setMeta("tarn.offsets", index.offsets())
                .setMeta("tarn.timestamps", index.timestamps());
        group.write(header);
        // Not closed: the blocks follow on the same stream, with the same marks between them.
        header.create(schema, whole, sync).flush();
    }

    /** Lets go of the draft without keeping it. What it leaves on the disk goes with the folder of drafts. */
    void discard() throws IOException {
        // Not the writer: closing it writes what it still holds, which may be what has just failed.
        out.close();
    }

    private static String draftName(RawPath path) {
        return path.section() + "+" + path.firstOffset() + ".avro";
    }
}
