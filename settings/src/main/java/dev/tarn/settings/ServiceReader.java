package dev.tarn.settings;

import dev.tarn.settings.CatalogSettings.EmbeddedCatalog;
import dev.tarn.settings.CatalogSettings.ExternalCatalog;
import dev.tarn.settings.CatalogSettings.NoCatalog;
import dev.tarn.settings.EngineSettings.EmbeddedEngine;
import dev.tarn.settings.EngineSettings.ExternalEngine;
import dev.tarn.settings.EngineSettings.NoEngine;
import dev.tarn.settings.RegistrySettings.EmbeddedRegistry;
import dev.tarn.settings.RegistrySettings.ExternalRegistry;
import dev.tarn.settings.read.Addresses;
import dev.tarn.settings.read.Names;
import dev.tarn.settings.read.Place;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.read.YamlMap;
import dev.tarn.settings.read.YamlValue;
import dev.tarn.settings.secret.Login;
import dev.tarn.settings.secret.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is embedded or an address: registry, catalog, engine. */
final class ServiceReader {
    private static final String EMBEDDED = "embedded";
    private static final String NONE = "none";
    private static final URI UNREAD = URI.create("unread");

    private final ValueReader values;

    ServiceReader(ValueReader values) {
        this.values = values;
    }

    RegistrySettings registry(YamlValue value) {
        RegistrySettings embedded = new EmbeddedRegistry();
        String form = "must be 'embedded' or {url: \"http://host:port\"}";
        if (!value.isMap()) {
            return values.word(value, embedded, Map.of(EMBEDDED, embedded), form);
        }
        return value.map(LakeKeys.REGISTRY)
                .<RegistrySettings>map(registry -> new ExternalRegistry(
                        registry.require(
                                "url",
                                UNREAD,
                                "write {url: \"http://host:port\"}",
                                url -> values.text(url, UNREAD, Addresses::webUrl)),
                        login(registry)))
                .orElse(embedded);
    }

    private @Nullable Login login(YamlMap registry) {
        if (registry.find("user").isEmpty() && registry.find("password").isEmpty()) {
            return null;
        }
        return new Login(
                registry.require(
                        "user", "", "it belongs to the password", user -> values.text(user, "", Names::filled)),
                registry.require("password", Secret.of(""), "it belongs to the user", values::secret));
    }

    CatalogSettings catalog(YamlMap view, EngineSettings engine) {
        Optional<YamlValue> written = view.find("catalog");
        boolean engineEmbedded = engine instanceof EmbeddedEngine;
        boolean engineNone = engine instanceof NoEngine;
        CatalogSettings unwritten = engineEmbedded ? new EmbeddedCatalog() : new NoCatalog();
        CatalogSettings catalog = written.map(this::catalog).orElse(unwritten);
        if (catalog instanceof EmbeddedCatalog && !engineEmbedded) {
            Place place = written.orElseThrow().place();
            view.find("engine")
                    .ifPresent(
                            value -> value.problem(value.name() + " is not embedded, but the embedded catalog of line "
                                    + place.line()
                                    + " runs in the process of the embedded engine; write "
                                    + (engineNone ? "catalog: none or its" : "its")
                                    + " address"));
        }
        if (catalog instanceof NoCatalog && !engineNone) {
            written.or(() -> view.find("engine"))
                    .ifPresent(value -> value.problem(
                            (written.isPresent() ? value.name() + " is none" : value.name() + " has no catalog")
                                    + ", and the engine finds tables through the catalog alone; write catalog:"
                                    + " {metastore: \"thrift://host:port\"}, or engine: none"));
        }
        return catalog;
    }

    private CatalogSettings catalog(YamlValue value) {
        // One that cannot be read is wrong for no engine.
        CatalogSettings unread = new ExternalCatalog(UNREAD);
        String form = "must be 'embedded', 'none' or {metastore: \"thrift://host:port\"}";
        if (!value.isMap()) {
            return values.word(value, unread, Map.of(EMBEDDED, new EmbeddedCatalog(), NONE, new NoCatalog()), form);
        }
        return value.map(LakeKeys.CATALOG)
                .<CatalogSettings>map(catalog -> new ExternalCatalog(address(catalog, "metastore", "thrift")))
                .orElse(unread);
    }

    EngineSettings engine(YamlValue value) {
        EngineSettings embedded = new EmbeddedEngine();
        String form = "must be 'embedded', 'none' or {spark: \"spark://host:port\"}";
        if (!value.isMap()) {
            return values.word(value, embedded, Map.of(EMBEDDED, embedded, NONE, new NoEngine()), form);
        }
        return value.map(LakeKeys.ENGINE)
                .<EngineSettings>map(engine -> new ExternalEngine(address(engine, "spark", "spark")))
                .orElse(embedded);
    }

    private URI address(YamlMap map, String key, String scheme) {
        return map.require(
                key,
                UNREAD,
                "write {" + key + ": \"" + scheme + "://host:port\"}",
                value -> values.text(value, UNREAD, text -> Addresses.url(text, scheme)));
    }
}
