package dev.tarn.collect;

import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Options;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a lake are, as its connectors need it.
 *
 * @param lake the lake's name
 * @param warehouse where tables and raw files lie: a path or an object store's address, without a slash at its end
 * @param state the lake's {@code .tarn/}
 * @param metastore {@code thrift://host:port}; empty for none
 * @param registry the base address of the schema registry
 * @param registryLogin null if it asks for none
 * @param storageOptions options of the object store; none for a path
 */
public record LakePlaces(
        String lake,
        String warehouse,
        Path state,
        String metastore,
        String registry,
        @Nullable Login registryLogin,
        Options storageOptions) {}
