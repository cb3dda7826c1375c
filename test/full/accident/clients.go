// Go's clients with their usual settings. Argument: an https address. Prints a line for each: its name and the body, or the error.
package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

func main() {
	all := &tls.Config{InsecureSkipVerify: true}
	clients := []struct {
		name   string
		client *http.Client
	}{
		{"http.Client", &http.Client{}},
		{"own Transport", &http.Client{Transport: &http.Transport{}}},
		{"own Transport with ProxyFromEnvironment", &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment}}},
		{"own Transport, InsecureSkipVerify", &http.Client{Transport: &http.Transport{TLSClientConfig: all}}},
	}
	for _, row := range clients {
		fmt.Println(row.name + "\t" + strings.Join(strings.Fields(get(row.client, os.Args[1])), " "))
	}
}

func get(client *http.Client, url string) string {
	response, err := client.Get(url)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error()
	}
	return string(body)
}
