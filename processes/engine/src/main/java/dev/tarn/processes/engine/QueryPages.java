package dev.tarn.processes.engine;

import java.util.Map;

/**
 * {@code POST /query} runs a statement, {@code POST /query/ID} renews its lease, {@code DELETE /query/ID} cancels it;
 * {@code DELETE /sessions/ID} closes a session, which its first statement has opened.
 */
final class QueryPages implements EngineApi.Page {
    private final Queries queries;
    private final QueryLimits limits;

    QueryPages(Queries queries, QueryLimits limits) {
        this.queries = queries;
        this.limits = limits;
    }

    @Override
    public Object answer(ApiRequest request) throws Exception {
        if (request.path().size() == 1) {
            EngineApi.requireMethod(request, "POST");
            return queries.run(QueryRequest.of(request, limits));
        }
        if (request.path().size() != 2) {
            throw EngineApi.unknown(request);
        }
        String id = request.path().get(1);
        if (request.method().equals("DELETE")) {
            return Map.of("cancelled", queries.cancel(id));
        }
        EngineApi.requireMethod(request, "POST");
        return Map.of("running", queries.renewLease(id));
    }

    /** What answers {@code /sessions/ID}. */
    Object closeSession(ApiRequest request) {
        EngineApi.requireMethod(request, "DELETE");
        if (request.path().size() != 2) {
            throw EngineApi.unknown(request);
        }
        return Map.of("closed", queries.closeSession(request.path().get(1)));
    }
}
