package dev.tarn.settings;

import java.net.URI;

/** The metastore that knows every table. */
public sealed interface CatalogSettings {
    /** In the process of the embedded engine. */
    record EmbeddedCatalog() implements CatalogSettings {}

    /** Tables are in no metastore. */
    record NoCatalog() implements CatalogSettings {}

    /** A Hive Metastore elsewhere, {@code thrift://host:port}. */
    record ExternalCatalog(URI metastore) implements CatalogSettings {}
}
