package dev.tarn.testing.architecture;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;

/** The class folders of every module, by path: the class paths of the engines must not meet, not even in this test. */
final class CompiledModules implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> testClass) {
        return TarnModule.all().stream()
                .map(TarnModule::classes)
                .filter(Files::isDirectory)
                .map(Location::of)
                .collect(Collectors.toSet());
    }
}
