package dev.tarn.collect.raw.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * An object store, {@code s3a://bucket/prefix} for one. A finished file is one PUT with {@code If-None-Match: *}, so it is
 * there wholly or not at all and never replaces another; drafts lie on the local disk.
 */
public final class HadoopStore implements RawStore {
    private final FileSystem fileSystem;
    private final org.apache.hadoop.fs.Path root;
    private final Path drafts;

    private HadoopStore(FileSystem fileSystem, URI root, Path drafts) {
        this.fileSystem = fileSystem;
        this.root = new org.apache.hadoop.fs.Path(root);
        this.drafts = drafts;
    }

    /**
     * Opens a store.
     *
     * @param options Hadoop's settings, such as {@code fs.s3a.endpoint}
     * @param drafts the local folder of drafts, of this connector alone
     */
    public static HadoopStore open(URI root, Map<String, String> options, Path drafts) throws IOException {
        Configuration configuration = new Configuration();
        configuration.setClassLoader(HadoopStore.class.getClassLoader());
        options.forEach(configuration::set);
        return new HadoopStore(FileSystem.newInstance(root, configuration), root, drafts);
    }

    @Override
    public Path drafts(String name) throws IOException {
        return LocalStore.emptied(drafts.resolve(name));
    }

    @Override
    public List<String> names(String folder) throws IOException {
        try {
            return Stream.of(fileSystem.listStatus(hadoopPath(folder)))
                    .filter(FileStatus::isFile)
                    .map(file -> file.getPath().getName())
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return fileSystem.open(hadoopPath(path));
    }

    @Override
    public void publish(Path draft, String path) throws IOException {
        try (FSDataOutputStream out = create(hadoopPath(path))) {
            try {
                Files.copy(draft, out);
            } catch (IOException e) {
                abandon(out, e);
                throw e;
            }
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
            FileAlreadyExistsException exists = new FileAlreadyExistsException(describe(path));
            exists.initCause(e);
            throw exists;
        }
        Files.delete(draft);
    }

    private FSDataOutputStream create(org.apache.hadoop.fs.Path path) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(path);
        builder.overwrite(false);
        builder.recursive();
        // Known to s3a from 3.4.2 on; before, it looks first and then writes.
        builder.opt("fs.option.create.conditional.overwrite", true);
        return builder.build();
    }

    private static void abandon(FSDataOutputStream out, IOException why) {
        try {
            // Closing would make what came so far a whole object.
            out.abort();
        } catch (UnsupportedOperationException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        fileSystem.delete(hadoopPath(path), false);
    }

    @Override
    public String describe(String path) {
        return hadoopPath(path).toString();
    }

    @Override
    public void close() throws IOException {
        fileSystem.close();
    }

    private org.apache.hadoop.fs.Path hadoopPath(String path) {
        return new org.apache.hadoop.fs.Path(root, path);
    }
}
