/** Ends with 0 when the service in this container is ready. There is nothing else in the image that speaks HTTP. */
void main() throws Exception {
    try (var client = java.net.http.HttpClient.newHttpClient()) {
        var readiness = java.net.URI.create("http://127.0.0.1:8080/actuator/health/readiness");
        var answer = client.send(
                java.net.http.HttpRequest.newBuilder(readiness).build(),
                java.net.http.HttpResponse.BodyHandlers.discarding());
        System.exit(answer.statusCode() == 200 ? 0 : 1);
    }
}
