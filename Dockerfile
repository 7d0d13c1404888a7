# docker build -t postern .
# docker run --read-only --tmpfs /tmp -v postern-data:/var/lib/postern \
#   -v ./postern.conf:/etc/postern/postern.conf:ro -p 127.0.0.1:8080:8080 -p 2525:2525 postern

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY src src
# Without -q, so that a slow download shows; the tests have run before, in .ci/run.
RUN mvn -B -ntp package -Dmaven.test.skip=true

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 postern \
 && useradd --system --uid 10001 --gid postern --home-dir /var/lib/postern --shell /usr/sbin/nologin postern \
 && install -d -o postern -g postern -m 0700 /var/lib/postern \
 && install -d /etc/postern /opt/postern/bin
# The libraries change seldom: a layer of their own keeps updates small.
COPY --from=build /src/target/lib /opt/postern/lib
COPY --from=build /src/target/postern.jar /opt/postern/postern.jar
COPY --chmod=0755 bin/postern /opt/postern/bin/postern
COPY LICENSE /opt/postern/LICENSE

# Everything that is kept lies in the volume; postern.conf is read from the working folder.
ENV POSTERN_DATA=/var/lib/postern \
    POSTERN_HTTP_HOST=0.0.0.0 \
    POSTERN_MAIL_SMTP_LISTEN=0.0.0.0:2525
VOLUME /var/lib/postern
WORKDIR /etc/postern
USER 10001:10001
EXPOSE 8080 2525

# The image has no curl; bash can speak to a port by itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/${POSTERN_HTTP_PORT:-8080} && printf 'GET /healthz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]

# The launcher hands its process over to Java, so SIGTERM reaches it and it drains.
ENTRYPOINT ["/opt/postern/bin/postern"]
CMD ["serve"]
