package dev.tarn.store.hudi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;

/** A buffered file being written. Asking for a sync writes to the system, and to the disk only where that is wanted. */
final class LocalOutput extends OutputStream implements Syncable, StreamCapabilities {
    private final FileChannel channel;
    private final boolean forceToDisk;
    private final ByteBuffer buffer = ByteBuffer.allocate(32 << 10);

    LocalOutput(FileChannel channel, boolean forceToDisk) {
        this.channel = channel;
        this.forceToDisk = forceToDisk;
    }

    @Override
    public void write(int b) throws IOException {
        if (!buffer.hasRemaining()) {
            flush();
        }
        buffer.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.remaining()) {
            flush();
        }
        if (length > buffer.capacity()) {
            writeFully(ByteBuffer.wrap(bytes, offset, length));
        } else {
            buffer.put(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        buffer.flip();
        writeFully(buffer);
        buffer.clear();
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void hflush() throws IOException {
        flush();
    }

    @Override
    public void hsync() throws IOException {
        flush();
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try (channel) {
                flush();
                if (forceToDisk) {
                    channel.force(true);
                }
            }
        }
    }

    @Override
    public boolean hasCapability(String capability) {
        return StreamCapabilities.HFLUSH.equals(capability) || StreamCapabilities.HSYNC.equals(capability);
    }
}
