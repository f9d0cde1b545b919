package dev.tarn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.services.ServiceState;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LakeReportTest {
    /** All sets of states: with one that is forgotten, {@code tarn up} would return before the lake is up. */
    @Test
    void lakeIsReadyOnlyWhenAllOfItsServicesAre() {
        ServiceState[] all = ServiceState.values();
        for (int chosen = 0; chosen < 1 << all.length; chosen++) {
            Set<ServiceState> states = EnumSet.noneOf(ServiceState.class);
            for (ServiceState each : all) {
                if ((chosen & 1 << each.ordinal()) != 0) {
                    states.add(each);
                }
            }
            boolean allServe =
                    states.stream().allMatch(each -> each == ServiceState.HEALTHY || each == ServiceState.EXTERNAL);

            assertThat(LakeReport.state(false, false, states).equals("ready"))
                    .as("%s", states)
                    .isEqualTo(allServe);
            assertThat(LakeReport.state(false, true, states)).as("%s", states).isEqualTo("starting");
            assertThat(LakeReport.state(true, true, states)).as("%s", states).isEqualTo("stopping");
        }
    }

    @Test
    void serviceThatFailedCountsMoreThanOneInTrouble() {
        assertThat(LakeReport.state(false, false, EnumSet.of(ServiceState.RESTARTING, ServiceState.FAILED)))
                .isEqualTo("failed");
        assertThat(LakeReport.state(false, false, EnumSet.of(ServiceState.HEALTHY, ServiceState.UNREACHABLE)))
                .isEqualTo("degraded");
        assertThat(LakeReport.state(false, false, EnumSet.of(ServiceState.HEALTHY, ServiceState.STOPPED)))
                .isEqualTo("starting");
    }
}
