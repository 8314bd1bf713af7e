# syntax=docker/dockerfile:1
# The service for who runs it in containers: built with its own wrapper, in layers that change as rarely as they can, started
# from a cache that Java has made ahead of time, by a user that is not root. No secret is in any layer.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
RUN ./mvnw -B -q -pl cli -am -Dmaven.test.skip=true -Denforcer.skip=true package \
 && java -Djarmode=tools -jar cli/target/guildhall.jar extract --layers --destination /layers

FROM eclipse-temurin:25-jdk
RUN useradd --system --uid 10001 --home-dir /var/lib/guildhall --create-home guildhall
WORKDIR /opt/guildhall
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
COPY deploy/Health.java ./
RUN chown guildhall /opt/guildhall
USER guildhall
# One start with the embedded PostgreSQL, which needs no other and is gone afterwards, tells Java what to keep.
RUN java -XX:AOTCacheOutput=guildhall.aot -Dspring.context.exit=onRefresh --enable-native-access=ALL-UNNAMED \
      --sun-misc-unsafe-memory-access=allow -jar guildhall.jar --guildhall.home=/tmp/training --server.port=0 \
 && rm -rf /tmp/training
# A container is reached through its network interface; what is published is the operator's decision.
ENV SERVER_ADDRESS=0.0.0.0
VOLUME /var/lib/guildhall
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s CMD ["java", "-XX:TieredStopAtLevel=1", "Health.java"]
ENTRYPOINT ["java", "-XX:AOTCache=guildhall.aot", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", \
  "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "guildhall.jar", \
  "--guildhall.home=/var/lib/guildhall"]
