package dev.tarn.store.hudi;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Hadoop's local file system without what makes it slow: no process forked to change a file's mode, no checksum file
 * beside each file, one system call per file when listing.
 *
 * <p>Another program may write the same table through Hadoop's checksum file system (Spark does). Its {@code .name.crc}
 * files are hidden here, and one that would no longer match is removed when its file is replaced.
 */
public final class FastLocalFileSystem extends RawLocalFileSystem {
    /** Configuration key: "true" forces each file to disk when it is closed. */
    static final String FORCE_TO_DISK = "tarn.fs.force-to-disk";

    private boolean forceToDisk;

    @Override
    public void initialize(java.net.URI uri, org.apache.hadoop.conf.Configuration conf) throws IOException {
        super.initialize(uri, conf);
        forceToDisk = conf.getBoolean(FORCE_TO_DISK, false);
    }

    @Override
    public String getScheme() {
        return "file";
    }

    @Override
    public void setPermission(Path path, FsPermission permission) {
        // The mode that the process's umask gives is right.
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        File file = pathToFile(path);
        if (overwrite) {
            checksumOf(file).delete();
        }
        File folder = file.getParentFile();
        if (!folder.isDirectory() && !folder.mkdirs() && !folder.isDirectory()) {
            throw new IOException("cannot make folder " + folder);
        }
        FileChannel channel = overwrite
                ? FileChannel.open(
                        file.toPath(),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)
                : openNew(file, path);
        return new FSDataOutputStream(new LocalOutput(channel, forceToDisk), statistics);
    }

    private static FileChannel openNew(File file, Path path) throws IOException {
        try {
            return FileChannel.open(file.toPath(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw new org.apache.hadoop.fs.FileAlreadyExistsException("File already exists: " + path);
        }
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return create(path, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        boolean renamed = super.rename(from, to);
        checksumOf(pathToFile(from)).delete();
        checksumOf(pathToFile(to)).delete();
        return renamed;
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        checksumOf(pathToFile(path)).delete();
        return super.delete(path, recursive);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        File folder = pathToFile(path);
        if (!folder.isDirectory()) {
            return super.listStatus(path);
        }
        List<FileStatus> found = new ArrayList<>();
        try (DirectoryStream<java.nio.file.Path> files = Files.newDirectoryStream(folder.toPath())) {
            for (java.nio.file.Path file : files) {
                String name = file.getFileName().toString();
                if (!isChecksum(name)) {
                    status(path, name, file, found);
                }
            }
        }
        return found.toArray(FileStatus[]::new);
    }

    private void status(Path parent, String name, java.nio.file.Path file, List<FileStatus> found) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            found.add(new FileStatus(
                    attributes.size(),
                    attributes.isDirectory(),
                    1,
                    getDefaultBlockSize(parent),
                    attributes.lastModifiedTime().toMillis(),
                    makeQualified(new Path(parent, new Path(null, null, name)))));
        } catch (java.nio.file.NoSuchFileException e) {
            // Deleted between listing and looking: as if never seen.
        } catch (FileNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static boolean isChecksum(String name) {
        return name.startsWith(".") && name.endsWith(".crc");
    }

    private static File checksumOf(File file) {
        return file.toPath().resolveSibling("." + file.getName() + ".crc").toFile();
    }
}
