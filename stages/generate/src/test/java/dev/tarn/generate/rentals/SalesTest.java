package dev.tarn.generate.rentals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.generate.ExampleLake;
import dev.tarn.generate.LakeFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesTest {
    private static List<String[]> rows(String file) {
        return file.lines().skip(1).map(line -> line.split("\\|", -1)).toList();
    }

    @Test
    void filesHaveTheirRowsAndAreTheSameEachTime() {
        assertThat(rows(Sales.seed()))
                .hasSize(250)
                .allSatisfy(row -> assertThat(row).hasSize(7));
        assertThat(rows(Sales.incremental()))
                .hasSize(600)
                .allSatisfy(row -> assertThat(row).hasSize(7));
        assertThat(Sales.seed()).isEqualTo(Sales.seed());
        assertThat(Sales.seed().lines().skip(1).findFirst().orElseThrow())
                .matches("16050\\|\\d+\\|\\d+\\.99\\|2021-05-08 \\d\\d:\\d\\d:\\d\\d\\.996577 \\+00:00\\|.*");
        assertThat(rows(Sales.incremental()).get(0)[3]).endsWith(".996577+00");
    }

    @Test
    void amountsAreCents() {
        assertThat(rows(Sales.incremental()))
                .allSatisfy(row -> assertThat(new BigDecimal(row[2]).scale()).isEqualTo(2));
    }

    @Test
    void someSalesAreInCountriesWithoutARegionAndMostAreNot(@TempDir Path lake) throws IOException {
        LakeFiles.of(ExampleLake.RENTALS).write(lake);
        Set<String> withRegion = Files.readAllLines(lake.resolve("data/sales_regions.csv")).stream()
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .collect(Collectors.toSet());

        assertThat(lake.resolve("data/sales_seed.csv")).hasContent(Sales.seed());
        long without = rows(Sales.incremental()).stream()
                .filter(row -> !withRegion.contains(row[6]))
                .count();
        assertThat(without).isBetween(1L, 60L);
    }
}
